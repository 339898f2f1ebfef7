# CenterOfMass is the middle of the face's area.
import cadquery as cq
b = cq.Workplane().polyline([(0, 0), (6, 0), (0, 3)]).close().extrude(1)
r = b.faces(">Z").workplane(centerOption="CenterOfMass").circle(0.5).extrude(1)
# expect: status=ok valid=true solids=1 faces=7 edges=12 vertices=8
# expect: volume=9.785398163 area=36.84979659
# expect: bbox=0,0,0,6,3,2 center=2,1,0.5802622592
