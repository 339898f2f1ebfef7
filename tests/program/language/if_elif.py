# if, elif, else.
import cadquery as cq
x = 5
if x > 7:
    h = 1
elif x > 4:
    h = 2
else:
    h = 3
r = cq.Workplane().box(1, 1, h)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=2 area=10
# expect: bbox=-0.5,-0.5,-1,0.5,0.5,1 center=0,0,0
