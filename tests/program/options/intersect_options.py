# intersect with clean off and a tolerance.
import cadquery as cq
r = cq.Workplane().box(4, 4, 2).intersect(cq.Workplane().box(2, 9, 9), clean=False, tol=1e-4)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=16 area=40
# expect: bbox=-1,-2,-1,1,2,1 center=0,0,0
