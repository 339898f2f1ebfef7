# splineApprox with degrees, current point and smoothing.
import cadquery as cq
pts = [(x * 0.5, (x % 3) * 0.3) for x in range(1, 9)]
r = cq.Workplane().splineApprox(pts, tol=1e-2, minDeg=2, maxDeg=5, includeCurrent=True).lineTo(4, -2).lineTo(0, -2).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=9.202040475 area=32.20545302
# expect: bbox=-1e-07,-2.0000001,-1e-07,4.0000001,0.6150323139,1.0000001 center=2.012508621,-0.8399086328,0.5
