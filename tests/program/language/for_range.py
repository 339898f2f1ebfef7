# for over range with start and step.
import cadquery as cq
r = cq.Workplane().box(1, 1, 1)
for i in range(2, 9, 3):
    r = r.union(cq.Workplane(origin=(i, 0, 0)).box(1, 1, 1))
# expect: status=ok valid=true solids=4 faces=24 edges=48 vertices=32
# expect: volume=4 area=24
# expect: bbox=-0.5,-0.5,-0.5,8.5,0.5,0.5 center=3.75,0,0
