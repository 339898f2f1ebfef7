# CenterOfBoundBox is the middle of the face's box.
import cadquery as cq
b = cq.Workplane().polyline([(0, 0), (6, 0), (0, 3)]).close().extrude(1)
r = b.faces(">Z").workplane(centerOption="CenterOfBoundBox").circle(0.2).extrude(1)
# expect: status=ok valid=true solids=1 faces=8 edges=16 vertices=10
# expect: volume=9.125663706 area=35.0905047
# expect: bbox=0,0,0,6,3,2 center=2.013770363,1.006885182,0.5137703635
