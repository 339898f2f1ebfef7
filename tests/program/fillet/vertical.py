# Only the vertical edges.
import cadquery as cq
r = cq.Workplane().box(4, 3, 2).edges("|Z").fillet(0.5)
# expect: status=ok valid=true solids=1 faces=10 edges=24 vertices=16
# expect: volume=23.57079633 area=49.85398163
# expect: bbox=-2,-1.5,-1,2,1.5,1 center=0,0,0
