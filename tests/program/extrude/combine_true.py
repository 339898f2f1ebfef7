# An extrusion joins the base.
import cadquery as cq
r = cq.Workplane().box(4, 4, 1).faces(">Z").workplane().circle(1).extrude(2)
# expect: status=ok valid=true solids=1 faces=8 edges=15 vertices=10
# expect: volume=22.28318531 area=60.56637061
# expect: bbox=-2,-2,-0.5,2,2,2.5 center=0,0,0.4229547002
