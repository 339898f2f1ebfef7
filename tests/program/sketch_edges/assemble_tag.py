# assemble with a tag, selected again.
import cadquery as cq
r = cq.Sketch().segment((0, 0), (4, 0)).segment((4, 3)).close().assemble(tag="t").vertices(tag="t").circle(0.2, mode="s")
# expect: status=ok valid=true solids=0 faces=1 edges=6 vertices=6
# expect: volume=0 area=5.937168147
# expect: bbox=0.16,0,0,4,2.88,0 center=2.661586403,1.001032053,0
