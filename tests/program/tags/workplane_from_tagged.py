# workplaneFromTagged returns to the tagged plane.
import cadquery as cq
r = cq.Workplane().box(4, 4, 1).faces(">Z").workplane().tag("top").circle(1).extrude(2).workplaneFromTagged("top").center(1.5, 1.5).hole(0.4)
# expect: status=ok valid=true solids=1 faces=9 edges=18 vertices=12
# expect: volume=22.1575216 area=61.57168026
# expect: bbox=-2,-2,-0.5,2,2,2.5 center=-0.008507068733,-0.008507068733,0.4253534367
