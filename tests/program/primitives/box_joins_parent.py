# A second box joins the first.
import cadquery as cq
r = cq.Workplane().box(4, 4, 1).faces(">Z").workplane().box(1, 1, 2)
# expect: status=ok valid=true solids=1 faces=11 edges=24 vertices=16
# expect: volume=17 area=52
# expect: bbox=-2,-2,-0.5,2,2,1.5 center=0,0,0.05882352941
