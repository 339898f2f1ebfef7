# threePointArc through a middle point.
import cadquery as cq
r = cq.Workplane().lineTo(4, 0).threePointArc((5, 1.5), (4, 3)).lineTo(0, 3).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=14.16788875 area=43.15779442
# expect: bbox=0,0,0,5,3,1 center=2.369204412,1.5,0.5
