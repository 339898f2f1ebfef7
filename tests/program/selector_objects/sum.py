# + unites.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3).faces(cq.DirectionSelector(cq.Vector(0, 0, 1)) + cq.DirectionSelector(cq.Vector(1, 0, 0)))
# expect: status=ok valid=true solids=0 faces=2 edges=7 vertices=6
# expect: volume=0 area=8
# expect: bbox=-0.5,-1,-1.5,0.5,1,1.5 center=0.375,0,0.375
