# The y radius may be the larger.
import cadquery as cq
r = cq.Workplane().ellipse(2, 4).extrude(1)
# expect: status=ok valid=true solids=1 faces=3 edges=3 vertices=2
# expect: volume=25.13274123 area=69.64300783
# expect: bbox=-2,-4,0,2,4,1 center=0,0,0.5
