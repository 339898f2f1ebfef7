# Python's numbers: /, //, %, ** and precedence.
import cadquery as cq
a = 7 // 2 + 7 % 4 + 2 ** 3 / 4
r = cq.Workplane().box(a, -7 // 2 + 5, -7 % 4)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=8 area=34
# expect: bbox=-4,-0.5,-0.5,4,0.5,0.5 center=0,0,0
