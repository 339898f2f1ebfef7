# The vector may be a Vector.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3).translate(cq.Vector(0, 0, -2))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=-0.5,-1,-3.5,0.5,1,-0.5 center=0,0,-2
