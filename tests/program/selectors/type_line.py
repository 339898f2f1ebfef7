# %LINE.
import cadquery as cq
r = cq.Workplane().circle(2).extrude(3).edges("%LINE")
# expect: status=ok valid=true solids=0 faces=0 edges=1 vertices=2
# expect: volume=0 area=0
# expect: bbox=2,0,0,2,0,3 center=2,0,1.5
