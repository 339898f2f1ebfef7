# centered=False puts the corner at the origin.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3, centered=False)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=0,0,0,1,2,3 center=0.5,1,1.5
