# A slot shorter than its diameter.
import cadquery as cq
r = cq.Workplane().slot2D(3, 4).extrude(2)
# expect: status=ok valid=false solids=1 faces=6 edges=12 vertices=8
# expect: volume=17.13274123 area=46.26548246
# expect: bbox=-1.5,-2,0,1.5,2,2 center=0,0,1
