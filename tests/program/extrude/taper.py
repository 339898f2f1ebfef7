# taper narrows along the way.
import cadquery as cq
r = cq.Workplane().rect(4, 3).extrude(2, taper=10)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=19.39448405 area=45.1274952
# expect: bbox=-2,-1.5,0,2,1.5,2 center=0,0,0.9236948646
