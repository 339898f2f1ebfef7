# The first plane lies in the middle of the box.
import cadquery as cq
r = cq.Workplane().box(4, 4, 2).hole(1)
# expect: status=ok valid=true solids=1 faces=8 edges=15 vertices=10
# expect: volume=31.21460184 area=67.14159265
# expect: bbox=-2,-2,-1,2,2,1 center=0,0,0.0125806212
