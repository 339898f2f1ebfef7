# Solid.extrudeLinear of a wire.
import cadquery as cq
w = cq.Wire.makePolygon([(0, 0, 0), (3, 0, 0), (0, 2, 0)], close=True)
r = cq.Solid.extrudeLinear(w, [], cq.Vector(0, 0, 2))
# expect: status=ok valid=true solids=1 faces=5 edges=9 vertices=6
# expect: volume=6 area=23.21110255
# expect: bbox=0,0,0,3,2,2 center=1,0.6666666667,1
