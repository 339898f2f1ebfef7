# A dict keeps its order.
import cadquery as cq
d = {3: "a", 1: "b"}
r = cq.Workplane().box(list(d)[0], list(d.keys())[1], len(d.values()))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=-1.5,-0.5,-1,1.5,0.5,1 center=0,0,0
