# All faces at the same height are taken.
import cadquery as cq
r = cq.Workplane().pushPoints([(0, 0), (5, 0)]).box(1, 2, 3).faces(">Z")
# expect: status=ok valid=true solids=0 faces=2 edges=8 vertices=8
# expect: volume=0 area=4
# expect: bbox=-0.5,-1,1.5,5.5,1,1.5 center=2.5,0,1.5
