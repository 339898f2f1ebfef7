# each with clean off.
import cadquery as cq
r = cq.Workplane().box(4, 4, 4).faces(">Z").each(lambda f: cq.Solid.extrudeLinear(f, cq.Vector(0, 0, 2)), combine="a", clean=False)
# expect: status=ok valid=true solids=1 faces=10 edges=20 vertices=12
# expect: volume=96 area=128
# expect: bbox=-2,-2,-2,2,2,4 center=0,0,1
