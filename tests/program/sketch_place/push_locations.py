# push of locations.
import cadquery as cq
r = cq.Sketch().push([cq.Location(cq.Vector(3, 0, 0), cq.Vector(0, 0, 1), 30)]).rect(4, 1)
# expect: status=ok valid=true solids=0 faces=1 edges=4 vertices=4
# expect: volume=0 area=4
# expect: bbox=1.017949192,-1.433012702,0,4.982050808,1.433012702,0 center=3,0,0
