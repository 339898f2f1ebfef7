# A holed part split lengthwise.
import cadquery as cq
r = cq.Workplane().box(4, 4, 4).faces(">Z").workplane().hole(2).copyWorkplane(cq.Workplane("YZ")).split(keepTop=True)
# expect: status=ok valid=true solids=1 faces=8 edges=18 vertices=12
# expect: volume=25.71681469 area=65.42477796
# expect: bbox=0,-2,-2,2,2,2 center=1.140628561,0,0
