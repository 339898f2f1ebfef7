# A tangent arc leaves the end of a spline.
import cadquery as cq
r = cq.Workplane().spline([(0, 0), (3, 1), (5, 0)], tangents=[(1, 1), (1, -1)]).tangentArcPoint((2, -3)).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=5 edges=9 vertices=6
# expect: volume=11.53427031 area=39.87728179
# expect: bbox=-1e-07,-3.0000001,-1e-07,7.0000001,1.040375932,1.0000001 center=3.60617869,-0.5723157433,0.5
