# Axis by two local points.
import cadquery as cq
r = cq.Workplane().rect(2, 1).revolve(180, (-4, 0), (-4, 1))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=25.13274123 area=79.39822369
# expect: bbox=-9,-0.5,-5,1,0.5,0 center=-4,0,-2.599530737
