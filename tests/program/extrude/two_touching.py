# Two outlines that share an edge become one solid.
import cadquery as cq
r = cq.Workplane().pushPoints([(0, 0), (2, 0)]).rect(2, 1).extrude(1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=4 area=18
# expect: bbox=-1,-0.5,0,3,0.5,1 center=1,0,0.5
