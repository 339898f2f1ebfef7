# Started from below, the same halves merge.
import cadquery as cq
r = cq.Workplane().circle(2).extrude(-5).union(cq.Workplane().circle(2).extrude(5))
# expect: status=ok valid=true solids=1 faces=3 edges=3 vertices=2
# expect: volume=125.6637061 area=150.7964474
# expect: bbox=-2,-2,-5,2,2,5 center=0,0,0
