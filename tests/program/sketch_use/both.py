# A sketch extruded to both sides.
import cadquery as cq
r = cq.Workplane().sketch().rect(5, 4).finalize().extrude(2, both=True)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=80 area=112
# expect: bbox=-2.5,-2,-2,2.5,2,2 center=0,0,0
