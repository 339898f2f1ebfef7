# direct turns the axis.
import cadquery as cq
r = cq.Workplane().cylinder(10, 3, direct=cq.Vector(1, 0, 0))
# expect: status=ok valid=true solids=1 faces=3 edges=3 vertices=2
# expect: volume=282.7433388 area=245.044227
# expect: bbox=-5,-3,-3,5,3,3 center=0,0,0
