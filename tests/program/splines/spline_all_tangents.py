# A tangent at every point, None where free.
import cadquery as cq
r = cq.Workplane().spline([(0, 0), (3, 2), (6, 0)], tangents=[(0, 1), None, (0, -1)]).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=4 edges=6 vertices=4
# expect: volume=10.94962433 area=36.55072079
# expect: bbox=-1e-07,-1e-07,-1e-07,6.0000001,2.016461005,1.0000001 center=3,0.9422594001,0.5
