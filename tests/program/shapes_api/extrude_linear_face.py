# Solid.extrudeLinear of a face.
import cadquery as cq
r = cq.Solid.extrudeLinear(cq.Face.makePlane(2, 3), cq.Vector(0, 1, 4))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=24 area=52.73863375
# expect: bbox=-1.5,-1,0,1.5,2,4 center=0,0.5,2
