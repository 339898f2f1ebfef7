# ruled=True joins with straight lines.
import cadquery as cq
r = cq.Workplane().circle(3).workplane(offset=3).circle(1).workplane(offset=3).circle(2).loft(ruled=True)
# expect: status=ok valid=true solids=1 faces=4 edges=5 vertices=3
# expect: volume=62.83185307 area=115.9531629
# expect: bbox=-3.0000001,-3.0000001,-1e-07,3.0000001,3.0000001,6.0000001 center=0,0,2.3625
