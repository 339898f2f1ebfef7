# Faces on the stack are extruded too.
import cadquery as cq
r = cq.Workplane().box(2, 2, 2).faces(">X").workplane().add(cq.Face.makePlane(1, 1, (3, 0, 0), (1, 0, 0))).extrude(1, combine=False)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=1 area=6
# expect: bbox=3,-0.5,-0.5,4,0.5,0.5 center=3.5,0,0
