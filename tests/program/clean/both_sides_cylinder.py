# Halves of opposite orientation stay apart.
import cadquery as cq
r = cq.Workplane().circle(3).extrude(2, both=True)
# expect: status=ok valid=true solids=1 faces=4 edges=5 vertices=3
# expect: volume=113.0973355 area=131.9468915
# expect: bbox=-3,-3,-2,3,3,2 center=0,0,0
