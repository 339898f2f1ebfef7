# A sketch extruded with taper.
import cadquery as cq
r = cq.Workplane().sketch().rect(5, 4).finalize().extrude(2, taper=8)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=35.15121503 area=69.33959802
# expect: bbox=-2.5,-2,0,2.5,2,2 center=0,0,0.9550186964
