# Lists: index, slice, append, extend, +, *.
import cadquery as cq
a = [1, 2, 3]
a.append(4)
a += [5] * 2
r = cq.Workplane().box(a[-1], a[1:4][2], len(a[::2]))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=60 area=94
# expect: bbox=-2.5,-2,-1.5,2.5,2,1.5 center=0,0,0
