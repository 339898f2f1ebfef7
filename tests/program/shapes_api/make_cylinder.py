# Solid.makeCylinder.
import cadquery as cq
r = cq.Solid.makeCylinder(2, 5, cq.Vector(0, 0, 1), cq.Vector(0, 1, 0), 270)
# expect: status=ok valid=true solids=1 faces=5 edges=9 vertices=6
# expect: volume=47.1238898 area=85.97344573
# expect: bbox=-2,0,-1,2,5,3 center=0.2829421211,2.5,0.7170578789
