# Dicts: get, items, in, assignment.
import cadquery as cq
d = {"w": 2, "h": 3}
d["l"] = 4
r = cq.Workplane().box(d["w"], d.get("q", 5), sum(v for k, v in d.items()))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=90 area=146
# expect: bbox=-1,-2.5,-4.5,1,2.5,4.5 center=0,0,0
