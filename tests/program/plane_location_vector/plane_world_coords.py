# toWorldCoords and toLocalCoords.
import cadquery as cq
p = cq.Plane.named("YZ", (1, 2, 3))
w = p.toWorldCoords((1, 1, 1))
l = p.toLocalCoords(cq.Vector(1, 2, 4))
r = cq.Workplane().box(*w.toTuple()).translate(l)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=24 area=52
# expect: bbox=-1,-0.5,-2,1,2.5,2 center=0,1,0
