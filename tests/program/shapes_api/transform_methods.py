# translate, rotate, mirror, scale of a shape.
import cadquery as cq
s = cq.Solid.makeBox(1, 2, 3).translate(cq.Vector(1, 0, 0)).rotate(cq.Vector(0, 0, 0), cq.Vector(0, 0, 1), 90)
r = s.mirror("XY").scale(2)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=48 area=88
# expect: bbox=-4,2,-6,0,4,0 center=-2,3,-3
