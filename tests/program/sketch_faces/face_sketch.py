# face() of another sketch.
import cadquery as cq
s = cq.Sketch().rect(1, 2)
r = cq.Sketch().push([(0, 0), (3, 0)]).face(s, angle=30)
# expect: status=ok valid=true solids=0 faces=2 edges=8 vertices=8
# expect: volume=0 area=4
# expect: bbox=-0.9330127019,-1.116025404,0,3.933012702,1.116025404,0 center=1.5,0,0
