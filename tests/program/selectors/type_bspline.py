# %BSPLINE edges.
import cadquery as cq
r = cq.Workplane().spline([(0, 0), (2, 1), (4, 0)]).close().extrude(1).edges("%BSPLINE")
# expect: status=ok valid=true solids=0 faces=0 edges=2 vertices=4
# expect: volume=0 area=0
# expect: bbox=-1e-07,-1e-07,-1e-07,4.0000001,1.0000001,1.0000001 center=2,0.6339283308,0.5
