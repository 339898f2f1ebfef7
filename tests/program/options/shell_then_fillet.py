# A shelled part with rounded edges.
import cadquery as cq
r = cq.Workplane().box(20, 16, 8).edges("|Z").fillet(3).faces(">Z").shell(-1).faces(">Z").edges().chamfer(0.2)
# expect: status=ok valid=true solids=1 faces=35 edges=80 vertices=48
# expect: volume=755.6817582 area=1568.382005
# expect: bbox=-10,-8,-4,10,8,4 center=0,0,-1.164518891
