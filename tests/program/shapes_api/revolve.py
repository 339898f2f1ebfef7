# Solid.revolve of a wire.
import cadquery as cq
w = cq.Wire.makeCircle(1, cq.Vector(4, 0, 0), cq.Vector(0, 0, 1))
r = cq.Solid.revolve(w, [], 180, cq.Vector(0, 0, 0), cq.Vector(0, 1, 0))
# expect: status=ok valid=true solids=1 faces=3 edges=3 vertices=2
# expect: volume=39.4784176 area=85.24002052
# expect: bbox=-5,-1.0000001,-5.0000001,5,1.0000001,0 center=0,0,-2.586267825
