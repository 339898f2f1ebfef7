# size counts the stack.
import cadquery as cq
n = cq.Workplane().box(1, 2, 3).edges("|Z").size()
r = cq.Workplane().box(n, 1, 1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=4 area=18
# expect: bbox=-2,-0.5,-0.5,2,0.5,0.5 center=0,0,0
