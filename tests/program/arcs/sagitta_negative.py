# A negative sagitta bulges the other way.
import cadquery as cq
r = cq.Workplane().moveTo(0, 0).sagittaArc((4, 0), -1).lineTo(4, 3).lineTo(0, 3).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=14.79559511 area=44.22766632
# expect: bbox=0,-1,0,4,3,1 center=2,1.139532355,0.5
