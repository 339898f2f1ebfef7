# Fillets below, then a shell.
import cadquery as cq
r = cq.Workplane().box(20, 16, 8).edges("|Z or <Z").fillet(2).faces(">Z").shell(-1)
# expect: status=ok valid=true solids=1 faces=35 edges=72 vertices=40
# expect: volume=731.1563249 area=1529.831823
# expect: bbox=-10,-8,-4,10,8,4 center=0,0,-0.9780593579
