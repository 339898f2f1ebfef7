# and binds before or.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3).edges("|Z and >X or |X and >Z")
# expect: status=ok valid=true solids=0 faces=0 edges=4 vertices=6
# expect: volume=0 area=0
# expect: bbox=-0.5,-1,-1.5,0.5,1,1.5 center=0.375,0,0.375
