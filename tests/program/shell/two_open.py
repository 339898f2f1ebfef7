# Two open faces.
import cadquery as cq
r = cq.Workplane().box(10, 8, 6).faces("|Z").shell(-1)
# expect: status=ok valid=true solids=1 faces=10 edges=24 vertices=16
# expect: volume=192 area=448
# expect: bbox=-5,-4,-3,5,4,3 center=0,0,0
