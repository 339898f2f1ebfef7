# Three sections, smooth.
import cadquery as cq
r = cq.Workplane().circle(3).workplane(offset=3).circle(1).workplane(offset=3).circle(2).loft()
# expect: status=ok valid=true solids=1 faces=3 edges=3 vertices=2
# expect: volume=47.7522081 area=109.2095487
# expect: bbox=-3.000000059,-3.000000096,-1e-07,3.0000001,3.000000096,6.0000001 center=2.33709076e-06,0,2.249999998
