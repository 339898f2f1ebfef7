# LengthNthSelector.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3).edges(cq.selectors.LengthNthSelector(-1))
# expect: status=ok valid=true solids=0 faces=0 edges=4 vertices=8
# expect: volume=0 area=0
# expect: bbox=-0.5,-1,-1.5,0.5,1,1.5 center=0,0,0
