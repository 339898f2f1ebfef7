# The planes XZ and ZX.
import cadquery as cq
r = cq.Workplane(origin=(0, 4, 0)).box(1, 2, 3).mirror("XZ").mirror("ZX")
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=-0.5,3,-1.5,0.5,5,1.5 center=0,4,0
