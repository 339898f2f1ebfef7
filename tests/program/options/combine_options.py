# combine with clean, glue and tolerance.
import cadquery as cq
r = cq.Workplane().pushPoints([(0, 0), (1, 0)]).box(1, 1, 1, combine=False).combine(clean=False, glue=True, tol=1e-4)
# expect: status=ok valid=true solids=1 faces=10 edges=20 vertices=12
# expect: volume=2 area=10
# expect: bbox=-0.5,-0.5,-0.5,1.5,0.5,0.5 center=0.5,0,0
