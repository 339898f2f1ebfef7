# Solid.fillet and chamfer with edge lists.
import cadquery as cq
b = cq.Solid.makeBox(4, 4, 4)
c = b.fillet(0.5, [e for e in b.Edges() if abs(e.tangentAt(0).z) > 0.5])
r = c.chamfer(0.1, None, [e for e in c.Edges() if e.geomType() == "LINE" and e.Center().z > 3.9])
# expect: status=ok valid=true solids=1 faces=18 edges=40 vertices=24
# expect: volume=63.06693189 area=91.23718008
# expect: bbox=0,0,0,4,4,4 center=2,2,1.997671932
