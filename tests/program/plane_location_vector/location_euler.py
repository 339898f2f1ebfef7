# Offset and three angles.
import cadquery as cq
r = cq.Solid.makeBox(1, 2, 3).moved(cq.Location((4, 0, 0), (10, 20, 30)))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=3.118060779,0,-0.3420201433,5.9493646,2.289059483,3.102601558 center=4.53371269,1.144529741,1.380290707
