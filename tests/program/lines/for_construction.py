# Construction lines are not extruded.
import cadquery as cq
r = cq.Workplane().rect(8, 6, forConstruction=True).vertices().circle(1).extrude(1)
# expect: status=ok valid=true solids=4 faces=12 edges=12 vertices=8
# expect: volume=12.56637061 area=50.26548246
# expect: bbox=-5,-4,0,5,4,1 center=0,0,0.5
