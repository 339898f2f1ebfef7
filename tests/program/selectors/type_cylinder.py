# %CYLINDER.
import cadquery as cq
r = cq.Workplane().circle(2).extrude(3).faces("%CYLINDER")
# expect: status=ok valid=true solids=0 faces=1 edges=3 vertices=2
# expect: volume=0 area=37.69911184
# expect: bbox=-2,-2,0,2,2,3 center=0,0,1.5
