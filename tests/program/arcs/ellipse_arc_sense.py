# sense=-1 runs clockwise.
import cadquery as cq
r = cq.Workplane().moveTo(1, 1).ellipseArc(4, 2, 0, 90, sense=-1).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=4 edges=6 vertices=4
# expect: volume=2.283185307 area=13.88273068
# expect: bbox=1,-1,0,5,1,1 center=3.335917859,0.1679589293,0.5
