# A sketch swept.
import cadquery as cq
r = cq.Workplane().sketch().rect(1, 2).finalize().sweep(cq.Workplane("XZ").lineTo(0, 5))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=10 area=34
# expect: bbox=-0.5,-1,0,0.5,1,5 center=0,0,2.5
