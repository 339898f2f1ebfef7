# A common part.
import cadquery as cq
r = cq.Workplane().box(4, 4, 2).intersect(cq.Workplane().cylinder(5, 2.2))
# expect: status=ok valid=true solids=1 faces=10 edges=24 vertices=16
# expect: volume=28.43688804 area=55.62171736
# expect: bbox=-2,-2,-1,2,2,1 center=0,0,0
