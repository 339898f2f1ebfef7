# Else the shape assigned last.
import cadquery as cq
a = cq.Workplane().box(1, 1, 1)
b = cq.Workplane().box(2, 1, 1)
a = a.faces(">Z").workplane().hole(0.2)
n = 3
# expect: status=ok valid=true solids=1 faces=7 edges=15 vertices=10
# expect: volume=0.9685840735 area=6.565486678
# expect: bbox=-0.5,-0.5,-0.5,0.5,0.5,0.5 center=0,0,0
