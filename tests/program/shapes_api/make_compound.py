# Compound.makeCompound keeps the bodies apart.
import cadquery as cq
r = cq.Compound.makeCompound([cq.Solid.makeBox(1, 1, 1), cq.Solid.makeBox(1, 1, 1).translate(cq.Vector(0.5, 0, 0))])
# expect: status=ok valid=true solids=2 faces=12 edges=24 vertices=16
# expect: volume=2 area=12
# expect: bbox=0,0,0,1.5,1,1 center=0.75,0.5,0.5
