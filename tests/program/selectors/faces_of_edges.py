# Going from edges to vertices keeps each once.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3).edges("|Z").vertices()
# expect: status=ok valid=true solids=0 faces=0 edges=0 vertices=8
# expect: volume=0 area=0
# expect: bbox=-0.5,-1,-1.5,0.5,1,1.5 center=0,0,0
