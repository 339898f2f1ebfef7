# Solid.makeTorus.
import cadquery as cq
r = cq.Solid.makeTorus(5, 1)
# expect: status=ok valid=true solids=1 faces=1 edges=2 vertices=1
# expect: volume=98.69604401 area=197.392088
# expect: bbox=-6.0000001,-6.0000001,-1.0000001,6.0000001,6.0000001,1.0000001 center=0,0,0
