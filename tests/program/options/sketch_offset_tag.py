# offset with a tag.
import cadquery as cq
r = cq.Sketch().rect(6, 4).wires().offset(-1, mode="s", tag="o").reset().vertices(tag="o").circle(0.1, mode="s")
# expect: status=ok valid=true solids=0 faces=1 edges=14 vertices=14
# expect: volume=0 area=15.90575222
# expect: bbox=-3,-2,0,3,2,0 center=0,0,0
