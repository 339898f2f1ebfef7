# faces, wires and edges with selector and tag.
import cadquery as cq
s = cq.Sketch().push([(0, 0), (6, 0)]).rect(4, 2, tag="two").reset()
r = s.faces(">X", tag="two").wires().vertices(">Y").circle(0.5, mode="s").reset().wires("<X").vertices().circle(0.3, mode="s")
# expect: status=ok valid=true solids=0 faces=2 edges=14 vertices=14
# expect: volume=0 area=15.32455758
# expect: bbox=-2,-1,0,8,1,0 center=2.9784746,-0.02018758106,0
