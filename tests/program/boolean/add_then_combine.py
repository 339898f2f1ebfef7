# add puts objects on the stack, combine unites.
import cadquery as cq
r = cq.Workplane().box(2, 2, 2).add(cq.Workplane(origin=(1, 1, 1)).box(2, 2, 2)).combine()
# expect: status=ok valid=true solids=1 faces=12 edges=30 vertices=20
# expect: volume=15 area=42
# expect: bbox=-1,-1,-1,2,2,2 center=0.5,0.5,0.5
