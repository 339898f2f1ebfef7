# A construction circle's vertex is a place.
import cadquery as cq
r = cq.Workplane().circle(4, forConstruction=True).vertices().rect(1, 1).extrude(1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=1 area=6
# expect: bbox=3.5,-0.5,0,4.5,0.5,1 center=4,0,0.5
