# wire() gathers the pending edges.
import cadquery as cq
r = cq.Workplane().lineTo(4, 0).lineTo(4, 3).lineTo(0, 0).wire()
# expect: status=ok valid=true solids=0 faces=0 edges=3 vertices=3
# expect: volume=0 area=0
# expect: bbox=0,0,0,4,3,0 center=2.5,1,0
