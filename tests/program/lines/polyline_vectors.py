# Points may be Vectors and have a third coordinate.
import cadquery as cq
r = cq.Workplane().polyline([cq.Vector(0, 0, 1), cq.Vector(4, 0, 1), cq.Vector(0, 3, 1)]).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=5 edges=9 vertices=6
# expect: volume=6 area=24
# expect: bbox=0,0,1,4,3,2 center=1.333333333,1,1.5
