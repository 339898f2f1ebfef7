# Curved intersections.
import cadquery as cq
r = cq.Workplane().box(3, 3, 3).union(cq.Workplane().sphere(1.8))
# expect: status=ok valid=false solids=1 faces=12 edges=20 vertices=16
# expect: volume=27.99559104 area=52.30353956
# expect: bbox=-1.8,-1.8,-1.8,1.5,1.8,1.8 center=-0.08585228812,0,-0.002382468004
