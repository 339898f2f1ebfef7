# Location from numbers.
import cadquery as cq
r = cq.Solid.makeBox(1, 2, 3).moved(cq.Location(1, 2, 3, 0, 0, 45))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=-0.4142135624,2,3,1.707106781,4.121320344,6 center=0.6464466094,3.060660172,4.5
