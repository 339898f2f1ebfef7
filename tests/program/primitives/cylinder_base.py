# centered in x and y only.
import cadquery as cq
r = cq.Workplane().cylinder(10, 3, centered=(True, True, False))
# expect: status=ok valid=true solids=1 faces=3 edges=3 vertices=2
# expect: volume=282.7433388 area=245.044227
# expect: bbox=-3,-3,0,3,3,10 center=0,0,5
