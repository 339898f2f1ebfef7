# Raised text on a plate.
import cadquery as cq
r = cq.Workplane().box(20, 8, 1).faces(">Z").workplane().text("L7", 6, 0.5, font="DejaVu Sans")
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=160 area=376
# expect: bbox=-10,-4,-0.5,10,4,0.5 center=0,0,0
