# CenterNthSelector.
import cadquery as cq
r = cq.Workplane().box(4, 4, 1).faces(cq.selectors.CenterNthSelector(cq.Vector(0, 0, 1), -1))
# expect: status=ok valid=true solids=0 faces=1 edges=4 vertices=4
# expect: volume=0 area=16
# expect: bbox=-2,-2,0.5,2,2,0.5 center=0,0,0.5
