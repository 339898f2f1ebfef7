# located replaces, moved adds.
import cadquery as cq
s = cq.Solid.makeBox(1, 2, 3).moved(cq.Location(cq.Vector(9, 0, 0)))
r = cq.Compound.makeCompound([s.located(cq.Location(cq.Vector(0, 0, 5))), s.moved(cq.Location(cq.Vector(0, 0, 5)))])
# expect: status=ok valid=true solids=2 faces=12 edges=24 vertices=16
# expect: volume=12 area=44
# expect: bbox=0,0,5,10,2,8 center=5,1,6.5
