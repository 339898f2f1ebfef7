# A top of zero width makes a ridge.
import cadquery as cq
r = cq.Workplane().wedge(10, 8, 6, 5, 0, 5, 6)
# expect: status=ok valid=true solids=1 faces=5 edges=9 vertices=6
# expect: volume=240 area=253.2077736
# expect: bbox=-5,-4,-3,5,4,3 center=0,-1.333333333,0
