# a - b.
import cadquery as cq
r = cq.Workplane().box(4, 4, 2) - cq.Workplane().cylinder(5, 1)
# expect: status=ok valid=true solids=1 faces=7 edges=15 vertices=10
# expect: volume=25.71681469 area=70.28318531
# expect: bbox=-2,-2,-1,2,2,1 center=0,0,0
