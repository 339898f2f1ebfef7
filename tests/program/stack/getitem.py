# Indexing and slicing a Workplane.
import cadquery as cq
w = cq.Workplane().pushPoints([(0, 0), (5, 0), (9, 0)]).box(1, 2, 3, combine=False)
r = w[0].add(w[1:])
# expect: status=ok valid=true solids=3 faces=18 edges=36 vertices=24
# expect: volume=18 area=66
# expect: bbox=-0.5,-1,-1.5,9.5,1,1.5 center=4.666666667,0,0
