# spline with a tolerance.
import cadquery as cq
r = cq.Workplane().spline([(0, 0), (1, 2), (3, 0)], tol=1e-6).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=4 edges=6 vertices=4
# expect: volume=4.055480479 area=16.42233691
# expect: bbox=-1e-07,-1e-07,-1e-07,3.0000001,2.02774034,1.0000001 center=1.368377223,0.8110960958,0.5
