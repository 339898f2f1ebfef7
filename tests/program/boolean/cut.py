# A difference.
import cadquery as cq
r = cq.Workplane().box(4, 4, 2).cut(cq.Workplane(origin=(1, 1, 0)).box(1, 1, 5))
# expect: status=ok valid=true solids=1 faces=10 edges=24 vertices=16
# expect: volume=30 area=70
# expect: bbox=-2,-2,-1,2,2,1 center=-0.06666666667,-0.06666666667,0
