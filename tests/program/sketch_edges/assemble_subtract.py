# assemble(mode="s").
import cadquery as cq
r = cq.Sketch().rect(8, 8).segment((0, 0), (2, 0)).segment((2, 2)).close().assemble(mode="s")
# expect: status=ok valid=true solids=0 faces=1 edges=7 vertices=7
# expect: volume=0 area=62
# expect: bbox=-4,-4,0,4,4,0 center=-0.04301075269,-0.02150537634,0
