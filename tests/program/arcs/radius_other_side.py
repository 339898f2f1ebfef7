# The sign chooses the side.
import cadquery as cq
r = cq.Workplane().lineTo(4, 0).radiusArc((4, 3), 2).lineTo(0, 3).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=10.59206517 area=35.57637865
# expect: bbox=0,0,0,4,3,1 center=1.770734758,1.5,0.5
