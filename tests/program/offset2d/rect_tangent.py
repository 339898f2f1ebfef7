# Tangent corners.
import cadquery as cq
r = cq.Workplane().rect(4, 3).offset2D(0.5, "tangent").extrude(1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=20 area=58
# expect: bbox=-2.5,-2,0,2.5,2,1 center=0,0,0.5
