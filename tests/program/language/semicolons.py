# Several statements on a line.
import cadquery as cq
a = 1; b = 2; r = cq.Workplane().box(a, b, 3)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=-0.5,-1,-1.5,0.5,1,1.5 center=0,0,0
