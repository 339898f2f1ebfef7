# section at a height.
import cadquery as cq
r = cq.Workplane().sphere(5).section(3)
# expect: status=ok valid=true solids=0 faces=1 edges=1 vertices=1
# expect: volume=0 area=50.26548246
# expect: bbox=-4,-4,3,4,4,3 center=0,0,3
