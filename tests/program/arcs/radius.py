# radiusArc: the smaller arc of a given radius.
import cadquery as cq
r = cq.Workplane().lineTo(4, 0).radiusArc((4, 3), -2).lineTo(0, 3).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=13.40793483 area=41.20811798
# expect: bbox=0,0,0,4.677124344,3,1 center=2.238914269,1.5,0.5
