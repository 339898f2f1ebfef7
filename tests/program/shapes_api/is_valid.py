# isValid in a program.
import cadquery as cq
r = cq.Workplane().box(1, 1, 1) if cq.Solid.makeBox(1, 1, 1).isValid() else None
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=1 area=6
# expect: bbox=-0.5,-0.5,-0.5,0.5,0.5,0.5 center=0,0,0
