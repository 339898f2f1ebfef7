# polygon: sides and diameter of the circumscribed circle.
import cadquery as cq
r = cq.Workplane().polygon(6, 10).extrude(2)
# expect: status=ok valid=true solids=1 faces=8 edges=18 vertices=12
# expect: volume=129.9038106 area=189.9038106
# expect: bbox=-5,-4.330127019,0,5,4.330127019,2 center=0,0,1
