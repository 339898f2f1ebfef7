# A tool that does not touch changes nothing.
import cadquery as cq
r = cq.Workplane().box(4, 4, 2).cut(cq.Workplane(origin=(9, 0, 0)).box(1, 1, 1))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=32 area=64
# expect: bbox=-2,-2,-1,2,2,1 center=0,0,0
