# Outline, hole, island.
import cadquery as cq
r = cq.Workplane().rect(10, 10).rect(6, 6).rect(2, 2).extrude(1)
# expect: status=ok valid=false solids=1 faces=14 edges=36 vertices=24
# expect: volume=60 area=192
# expect: bbox=-5,-5,0,5,5,1 center=0,0,0.5
