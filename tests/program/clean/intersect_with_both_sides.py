# Both halves trimmed by the intersection.
import cadquery as cq
r = cq.Workplane().box(10, 10, 10).intersect(cq.Workplane().circle(2).extrude(20, both=True))
# expect: status=ok valid=true solids=1 faces=3 edges=3 vertices=2
# expect: volume=125.6637061 area=150.7964474
# expect: bbox=-2,-2,-5,2,2,5 center=0,0,0
