# exc and except.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3).faces("#Z exc >X except <X")
# expect: status=ok valid=true solids=0 faces=2 edges=8 vertices=8
# expect: volume=0 area=6
# expect: bbox=-0.5,-1,-1.5,0.5,1,1.5 center=0,0,0
