# shape before model.
import cadquery as cq
model = cq.Workplane().box(9, 9, 9)
shape = cq.Workplane().box(1, 2, 1)
last = cq.Workplane().box(7, 7, 7)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=2 area=10
# expect: bbox=-0.5,-1,-0.5,0.5,1,0.5 center=0,0,0
