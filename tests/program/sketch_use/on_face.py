# On a face of a part, and at its corners.
import cadquery as cq
r = cq.Workplane().box(10, 8, 2).faces(">Z").workplane().rect(8, 6, forConstruction=True).vertices().sketch().circle(0.5).finalize().extrude(1)
# expect: status=ok valid=true solids=1 faces=14 edges=24 vertices=16
# expect: volume=163.1415927 area=244.5663706
# expect: bbox=-5,-4,-1,5,4,2 center=0,0,0.02888527017
