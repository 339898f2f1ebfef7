# split, join, replace, startswith, strip.
import cadquery as cq
s = "1, 2, 3".split(", ")
r = cq.Workplane().box(*[float(v) for v in s]) if "-".join(s).replace("-", "").startswith("12") else None
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=-0.5,-1,-1.5,0.5,1,1.5 center=0,0,0
