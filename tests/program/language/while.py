# while with break.
import cadquery as cq
n, i = 1, 0
while True:
    n *= 2
    i += 1
    if i >= 4:
        break
r = cq.Workplane().box(n, i, 1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=64 area=168
# expect: bbox=-8,-2,-0.5,8,2,0.5 center=0,0,0
