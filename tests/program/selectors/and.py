# and.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3).edges("|Z and >X")
# expect: status=ok valid=true solids=0 faces=0 edges=2 vertices=4
# expect: volume=0 area=0
# expect: bbox=0.5,-1,-1.5,0.5,1,1.5 center=0.5,0,0
