# lambda, sorted with a key, map and filter.
import cadquery as cq
a = sorted([3, 1, 2], key=lambda v: -v)
b = list(map(lambda v: v * 2, filter(lambda v: v > 1, a)))
r = cq.Workplane().box(a[0], b[0], b[1])
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=72 area=108
# expect: bbox=-1.5,-3,-2,1.5,3,2 center=0,0,0
