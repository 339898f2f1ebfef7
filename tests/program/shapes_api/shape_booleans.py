# fuse, cut and intersect of shapes.
import cadquery as cq
a = cq.Solid.makeBox(4, 4, 4)
b = cq.Solid.makeSphere(2, cq.Vector(4, 4, 4), cq.Vector(0, 0, 1), -90, 90, 360)
r = cq.Compound.makeCompound([a.fuse(b), a.cut(b).translate(cq.Vector(10, 0, 0)), a.intersect(b).translate(cq.Vector(20, 0, 0))])
# expect: status=ok valid=true solids=3 faces=18 edges=37 vertices=25
# expect: volume=157.3215314 area=239.1238898
# expect: bbox=0,0,0,24,6,6 center=6.727086946,2.392728541,2.392728541
