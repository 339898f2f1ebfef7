# Workplane with origin and a named plane keeps the axes.
import cadquery as cq
r = cq.Workplane("ZY", origin=(1, 2, 3)).box(1, 2, 3, centered=(True, False, False))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=-2,2,2.5,1,4,3.5 center=-0.5,3,3
