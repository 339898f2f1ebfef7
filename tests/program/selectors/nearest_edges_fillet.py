# Selected edges of an L are rounded.
import cadquery as cq
r = cq.Workplane().box(4, 4, 1).union(cq.Workplane(origin=(-1.5, 0, 1)).box(1, 4, 3)).edges("|Y and (not <X) and (not >X)").fillet(0.3)
# expect: status=ok valid=true solids=1 faces=10 edges=24 vertices=16
# expect: volume=24 area=66.96991118
# expect: bbox=-2,-2,-0.5,2,2,2.5 center=-0.4995685835,0,0.4939933614
