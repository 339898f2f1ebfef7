# Faces swept from a spline.
import cadquery as cq
r = cq.Workplane().spline([(0, 0), (2, 1), (4, 0)]).close().extrude(1).faces("%EXTRUSION or %BSPLINE")
# expect: status=ok valid=true solids=0 faces=1 edges=4 vertices=4
# expect: volume=0 area=4.591174299
# expect: bbox=-1e-07,-1e-07,-1e-07,4.0000001,1.0000001,1.0000001 center=2,0.6339425514,0.5
