# Method calls on a conditional expression.
import cadquery as cq
big = True
r = (cq.Workplane().box(2, 2, 2) if big else cq.Workplane().box(1, 1, 1)).edges("|Z").chamfer(0.1)
# expect: status=ok valid=true solids=1 faces=10 edges=24 vertices=16
# expect: volume=7.96 area=23.49137085
# expect: bbox=-1,-1,-1,1,1,1 center=0,0,0
