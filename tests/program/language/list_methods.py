# insert, pop, index, count, sort, reverse.
import cadquery as cq
a = [3, 1, 2]
a.sort()
a.insert(0, 9)
b = a.pop()
a.reverse()
r = cq.Workplane().box(a[0], b, a.index(9) + a.count(1))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=18 area=42
# expect: bbox=-1,-1.5,-1.5,1,1.5,1.5 center=0,0,0
