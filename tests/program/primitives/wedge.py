# A wedge with a smaller top.
import cadquery as cq
r = cq.Workplane().wedge(10, 8, 6, 2, 1, 7, 5)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=306.6666667 area=284.8849412
# expect: bbox=-5,-4,-3,5,4,3 center=-0.2065217391,-0.6956521739,0
