# A face's tag gives its vertices.
import cadquery as cq
r = cq.Sketch().rect(6, 4, tag="big").push([(8, 0)]).rect(2, 2, tag="small").reset().vertices(tag="small").circle(0.3, mode="s")
# expect: status=ok valid=true solids=0 faces=2 edges=12 vertices=12
# expect: volume=0 area=27.71725666
# expect: bbox=-3,-2,0,9,2,0 center=1.072907527,0,0
