# centered=False stands the cylinder beside the origin.
import cadquery as cq
r = cq.Workplane().cylinder(10, 3, centered=False)
# expect: status=ok valid=true solids=1 faces=3 edges=3 vertices=2
# expect: volume=282.7433388 area=245.044227
# expect: bbox=0,0,0,6,6,10 center=3,3,5
