# lineTo with absolute points.
import cadquery as cq
r = cq.Workplane().lineTo(4, 0).lineTo(4, 3).close().extrude(2)
# expect: status=ok valid=true solids=1 faces=5 edges=9 vertices=6
# expect: volume=12 area=36
# expect: bbox=0,0,0,4,3,2 center=2.666666667,1,1
