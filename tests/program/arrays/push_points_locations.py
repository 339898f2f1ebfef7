# Locations carry their own turn.
import cadquery as cq
r = cq.Workplane().pushPoints([cq.Location(cq.Vector(4, 0, 0), cq.Vector(0, 0, 1), 30)]).rect(3, 1).extrude(1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=3 area=14
# expect: bbox=2.450961894,-1.183012702,0,5.549038106,1.183012702,1 center=4,0,0.5
