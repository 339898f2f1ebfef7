# Volume, Area, Center and BoundingBox in a program.
import cadquery as cq
s = cq.Solid.makeBox(1, 2, 3)
bb = s.BoundingBox()
r = cq.Workplane().box(s.Volume(), s.Area(), bb.zlen).translate(s.Center() + cq.Vector(bb.xmax, bb.ymin, bb.DiagonalLength))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=396 area=432
# expect: bbox=-1.5,-10,3.741657387,4.5,12,6.741657387 center=1.5,1,5.241657387
