# rotate about an axis by two points.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3).rotate((0, 0, 0), (0, 0, 1), 30)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=-0.9330127019,-1.116025404,-1.5,0.9330127019,1.116025404,1.5 center=0,0,0
