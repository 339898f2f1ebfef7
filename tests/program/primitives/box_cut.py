# combine="cut" subtracts.
import cadquery as cq
r = cq.Workplane().box(4, 4, 4).box(1, 1, 8, combine="cut")
# expect: status=ok valid=true solids=1 faces=10 edges=24 vertices=16
# expect: volume=60 area=110
# expect: bbox=-2,-2,-2,2,2,2 center=0,0,0
