# origin shifts the plane in global coordinates.
import cadquery as cq
r = cq.Workplane("XZ", origin=(1, 2, 3)).rect(4, 2).extrude(1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=8 area=28
# expect: bbox=-1,1,2,3,2,4 center=1,1.5,3
