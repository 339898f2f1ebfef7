# Three sides are the fewest.
import cadquery as cq
r = cq.Workplane().polygon(3, 10).extrude(2)
# expect: status=ok valid=true solids=1 faces=5 edges=9 vertices=6
# expect: volume=64.95190528 area=116.9134295
# expect: bbox=-2.5,-4.330127019,0,5,4.330127019,2 center=0,0,1
