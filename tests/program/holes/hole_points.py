# Holes at the corners of a construction rectangle.
import cadquery as cq
r = cq.Workplane().box(8, 6, 2).faces(">Z").workplane().rect(6, 4, forConstruction=True).vertices().hole(0.5)
# expect: status=ok valid=true solids=1 faces=10 edges=24 vertices=16
# expect: volume=94.42920367 area=162.9955743
# expect: bbox=-4,-3,-1,4,3,1 center=0,0,0
