# *args and **kwargs.
import cadquery as cq
def total(*args, **kwargs):
    return sum(args) + sum(kwargs.values())
r = cq.Workplane().box(total(1, 2), total(a=4), total(*[1, 1], **{"b": 3}))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=60 area=94
# expect: bbox=-1.5,-2,-2.5,1.5,2,2.5 center=0,0,0
