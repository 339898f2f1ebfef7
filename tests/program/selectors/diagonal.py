# >XY: the vertex farthest along the diagonal.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3).vertices(">XY")
# expect: status=ok valid=true solids=0 faces=0 edges=0 vertices=2
# expect: volume=0 area=0
# expect: bbox=0.5,1,-1.5,0.5,1,1.5 center=0.5,1,0
