# cut with clean off and a tolerance.
import cadquery as cq
r = cq.Workplane().box(4, 4, 2).cut(cq.Workplane(origin=(0, 0, 1.00001)).box(2, 2, 2), clean=False, tol=1e-3)
# expect: status=ok valid=true solids=1 faces=11 edges=24 vertices=16
# expect: volume=28.00004 area=71.99992
# expect: bbox=-2,-2,-1,2,2,1 center=0,0,-0.07142846938
