# face() of a list of edges.
import cadquery as cq
e = [cq.Edge.makeLine((0, 0, 0), (4, 0, 0)), cq.Edge.makeLine((4, 0, 0), (0, 3, 0)), cq.Edge.makeLine((0, 3, 0), (0, 0, 0))]
r = cq.Sketch().face(e)
# expect: status=ok valid=true solids=0 faces=1 edges=3 vertices=3
# expect: volume=0 area=6
# expect: bbox=0,0,0,4,3,0 center=1.333333333,1,0
