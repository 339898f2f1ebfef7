# polyline through points, closed by close().
import cadquery as cq
r = cq.Workplane().polyline([(0, 0), (4, 0), (5, 2), (1, 3)]).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=10.5 area=34.52145126
# expect: bbox=0,0,0,5,3,1 center=2.380952381,1.285714286,0.5
