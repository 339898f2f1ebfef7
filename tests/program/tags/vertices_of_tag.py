# vertices(tag=...) selects from the tagged object.
import cadquery as cq
r = cq.Workplane().box(4, 4, 1).tag("plate").faces(">Z").workplane().rect(1, 1).extrude(1).vertices(">Z", tag="plate")
# expect: status=ok valid=true solids=0 faces=0 edges=0 vertices=4
# expect: volume=0 area=0
# expect: bbox=-2,-2,0.5,2,2,0.5 center=0,0,0.5
