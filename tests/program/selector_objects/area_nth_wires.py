# AreaNthSelector on wires.
import cadquery as cq
r = cq.Workplane().box(8, 6, 1).faces(">Z").workplane().hole(2).faces(">Z").wires(cq.selectors.AreaNthSelector(-1))
# expect: status=ok valid=true solids=0 faces=0 edges=4 vertices=4
# expect: volume=0 area=0
# expect: bbox=-4,-3,0.5,4,3,0.5 center=0,0,0.5
