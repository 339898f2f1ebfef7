# show_object gives the result.
import cadquery as cq
a = cq.Workplane().box(1, 1, 1)
b = cq.Workplane().box(5, 1, 1)
show_object(a)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=1 area=6
# expect: bbox=-0.5,-0.5,-0.5,0.5,0.5,0.5 center=0,0,0
