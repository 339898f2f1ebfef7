# cylinder combine and clean.
import cadquery as cq
r = cq.Workplane().box(4, 4, 4).cylinder(4, 1, combine="cut", clean=False).add(cq.Workplane().cylinder(9, 1, combine=False))
# expect: status=ok valid=true solids=2 faces=10 edges=18 vertices=12
# expect: volume=79.70796327 area=177.681409
# expect: bbox=-2,-2,-4.5,2,2,4.5 center=0,0,0
