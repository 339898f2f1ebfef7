# val of a sketch gives its face.
import cadquery as cq
f = cq.Sketch().rect(4, 3).faces().val()
r = cq.Workplane().box(f.Area(), 1, 1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=12 area=50
# expect: bbox=-6,-0.5,-0.5,6,0.5,0.5 center=0,0,0
