# each maps a function over the stack.
import cadquery as cq
r = cq.Workplane().box(4, 4, 4).faces("|Z").each(lambda f: cq.Solid.extrudeLinear(f, cq.Vector(0, 0, 5)))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=80 area=112
# expect: bbox=-2,-2,-2,2,2,3 center=0,0,0.5
