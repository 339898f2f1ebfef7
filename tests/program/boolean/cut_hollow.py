# A cavity inside.
import cadquery as cq
r = cq.Workplane().box(4, 4, 4).cut(cq.Workplane().sphere(1))
# expect: status=ok valid=true solids=1 faces=7 edges=13 vertices=10
# expect: volume=59.8112098 area=108.5663706
# expect: bbox=-2,-2,-2,2,2,2 center=0,0,0
