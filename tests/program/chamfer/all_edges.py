# All edges.
import cadquery as cq
r = cq.Workplane().box(4, 3, 2).edges().chamfer(0.2)
# expect: status=ok valid=true solids=1 faces=26 edges=48 vertices=24
# expect: volume=23.32266667 area=47.66182076
# expect: bbox=-2,-1.5,-1,2,1.5,1 center=0,0,0
