# filter and replace keep some faces.
import cadquery as cq
r = cq.Sketch().push([(0, 0), (6, 0)]).rect(4, 2).reset().faces().filter(lambda f: f.Center().x > 3).replace().reset()
# expect: status=ok valid=true solids=0 faces=1 edges=4 vertices=4
# expect: volume=0 area=8
# expect: bbox=4,-1,0,8,1,0 center=6,0,0
