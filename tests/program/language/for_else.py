# for … else, break and continue.
import cadquery as cq
n = 0
for i in range(10):
    if i % 2:
        continue
    if i > 6:
        break
    n += i
else:
    n = 100
r = cq.Workplane().box(n, 1, 1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=12 area=50
# expect: bbox=-6,-0.5,-0.5,6,0.5,0.5 center=0,0,0
