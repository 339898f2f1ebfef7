# sagittaArc: positive bulges to the right of the direction.
import cadquery as cq
r = cq.Workplane().moveTo(0, 0).sagittaArc((4, 0), 1).lineTo(4, 3).lineTo(0, 3).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=9.204404887 area=33.04528586
# expect: bbox=0,0,0,4,3,1 center=2,1.831738123,0.5
