# A recursive function.
import cadquery as cq
def fact(n):
    return 1 if n < 2 else n * fact(n - 1)
r = cq.Workplane().box(fact(4), 1, 1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=24 area=98
# expect: bbox=-12,-0.5,-0.5,12,0.5,0.5 center=0,0,0
