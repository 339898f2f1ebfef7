# %circle, in small letters.
import cadquery as cq
r = cq.Workplane().circle(2).extrude(3).edges("%circle")
# expect: status=ok valid=true solids=0 faces=0 edges=2 vertices=2
# expect: volume=0 area=0
# expect: bbox=-2,-2,0,2,2,3 center=0,0,1.5
