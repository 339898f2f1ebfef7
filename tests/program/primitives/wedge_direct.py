# A wedge along x.
import cadquery as cq
r = cq.Workplane().wedge(10, 8, 6, 2, 1, 7, 5, dir=cq.Vector(1, 0, 0))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=306.6666667 area=284.8849412
# expect: bbox=-5,-12,-3,1,-4,7 center=-2,-7.304347826,1.793478261
