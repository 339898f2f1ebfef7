# One rect per point.
import cadquery as cq
r = cq.Workplane().pushPoints([(0, 0), (5, 1)]).rect(4, 2).extrude(1)
# expect: status=ok valid=true solids=2 faces=12 edges=24 vertices=16
# expect: volume=16 area=56
# expect: bbox=-2,-1,0,7,2,1 center=2.5,0.5,0.5
