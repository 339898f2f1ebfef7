# A wedge from its corner.
import cadquery as cq
r = cq.Workplane().wedge(10, 8, 6, 2, 1, 7, 5, centered=False)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=306.6666667 area=284.8849412
# expect: bbox=0,0,0,10,8,6 center=4.793478261,3.304347826,3
