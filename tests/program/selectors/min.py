# <X takes the lowest.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3).faces("<X")
# expect: status=ok valid=true solids=0 faces=1 edges=4 vertices=4
# expect: volume=0 area=6
# expect: bbox=-0.5,-1,-1.5,-0.5,1,1.5 center=-0.5,0,0
