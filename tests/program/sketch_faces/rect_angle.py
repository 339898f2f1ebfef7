# Turned.
import cadquery as cq
r = cq.Sketch().rect(4, 2, angle=30)
# expect: status=ok valid=true solids=0 faces=1 edges=4 vertices=4
# expect: volume=0 area=8
# expect: bbox=-2.232050808,-1.866025404,0,2.232050808,1.866025404,0 center=0,0,0
