# bezier by control points, relative to the origin.
import cadquery as cq
r = cq.Workplane().bezier([(0, 0), (1, 3), (4, 3), (5, 0)]).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=4 edges=6 vertices=4
# expect: volume=8.1 area=28.39062525
# expect: bbox=-1e-07,-1e-07,-1e-07,5.0000001,2.2500001,1.0000001 center=2.5,0.9285714286,0.5
