# The math module.
import cadquery as cq
import math
r = cq.Workplane().box(math.sqrt(16), math.hypot(3, 4), math.degrees(math.atan2(1, 1)) / 45)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=20 area=58
# expect: bbox=-2,-2.5,-0.5,2,2.5,0.5 center=0,0,0
