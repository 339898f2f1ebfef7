# A wheel: circle minus slots.
import cadquery as cq
r = cq.Sketch().circle(10).parray(6, 0, 360, 5).slot(2, 1, mode="s").reset()
# expect: status=ok valid=true solids=0 faces=1 edges=21 vertices=21
# expect: volume=0 area=300.2322745
# expect: bbox=-10,-10,0,10,10,0 center=0,0,0
