# List, dict and set comprehensions, nested.
import cadquery as cq
pts = [(x, y) for x in range(3) for y in range(2) if x != y]
d = {i: i * i for i in range(4)}
r = cq.Workplane().box(len(pts), d[3], len({i % 2 for i in range(5)}))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=72 area=124
# expect: bbox=-2,-4.5,-1,2,4.5,1 center=0,0,0
