# A generator expression.
import cadquery as cq
r = cq.Workplane().box(sum(i for i in range(4)), max(i % 3 for i in range(7)), min((5, 2, 8)))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=24 area=56
# expect: bbox=-3,-1,-1,3,1,1 center=0,0,0
