# circle.
import cadquery as cq
r = cq.Workplane().circle(3).extrude(2)
# expect: status=ok valid=true solids=1 faces=3 edges=3 vertices=2
# expect: volume=56.54866776 area=94.24777961
# expect: bbox=-3,-3,0,3,3,2 center=0,0,1
