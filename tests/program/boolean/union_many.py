# A chain of unions.
import cadquery as cq
r = cq.Workplane().box(2, 2, 2)
for i in range(1, 4):
    r = r.union(cq.Workplane(origin=(i * 1.5, 0.25 * i, 0)).box(2, 2, 2))
# expect: status=ok valid=true solids=1 faces=18 edges=48 vertices=32
# expect: volume=26.75 area=63.75
# expect: bbox=-1,-1,-1,5.5,1.75,1 center=2.25,0.375,0
