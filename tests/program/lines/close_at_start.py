# close() at the start point adds nothing.
import cadquery as cq
r = cq.Workplane().polyline([(0, 0), (4, 0), (0, 3), (0, 0)]).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=5 edges=9 vertices=6
# expect: volume=6 area=24
# expect: bbox=0,0,0,4,3,1 center=1.333333333,1,0.5
