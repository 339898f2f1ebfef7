# A negative distance engraves; cut is the default.
import cadquery as cq
r = cq.Workplane().box(20, 8, 1).faces(">Z").workplane().text("T1", 6, -0.5, font="DejaVu Sans")
# expect: status=ok valid=true solids=1 faces=27 edges=69 vertices=46
# expect: volume=155.8792386 area=392.0405327
# expect: bbox=-10,-4,-0.5,10,4,0.5 center=0.001574127854,-0.009831960637,-0.006608900312
