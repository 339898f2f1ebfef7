# Vectors add, scale and cross.
import cadquery as cq
v = (cq.Vector(1, 2, 3) + cq.Vector(1, 0, 0) * 2 - cq.Vector(0, 0, 1)) / 1
w = cq.Vector(1, 0, 0).cross(cq.Vector(0, 1, 0))
r = cq.Workplane().box(v.x, v.y, v.z).translate(w)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=12 area=32
# expect: bbox=-1.5,-1,0,1.5,1,2 center=0,0,1
