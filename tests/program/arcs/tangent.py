# tangentArcPoint continues the last edge, relative by default.
import cadquery as cq
r = cq.Workplane().lineTo(4, 0).tangentArcPoint((2, 2)).lineTo(6, 5).lineTo(0, 5).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=7 edges=15 vertices=10
# expect: volume=29.14159265 area=79.42477796
# expect: bbox=0,0,0,6,5,1 center=2.924789949,2.560481835,0.5
