# Tangents with their given length.
import cadquery as cq
r = cq.Workplane().spline([(0, 0), (3, 2), (6, 0)], tangents=[(0, 5), (0, -5)], scale=False).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=4 edges=6 vertices=4
# expect: volume=15.91073375 area=50.31974543
# expect: bbox=-1e-07,-1e-07,-1e-07,6.0000001,3.31000725,1.0000001 center=3,1.374135702,0.5
