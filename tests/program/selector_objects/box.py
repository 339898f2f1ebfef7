# BoxSelector by centres.
import cadquery as cq
r = cq.Workplane().box(4, 4, 4).edges(cq.selectors.BoxSelector((-3, -3, 1), (3, 3, 3)))
# expect: status=ok valid=true solids=0 faces=0 edges=4 vertices=4
# expect: volume=0 area=0
# expect: bbox=-2,-2,2,2,2,2 center=0,0,2
