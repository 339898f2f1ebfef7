# splineApprox fits points within a tolerance.
import cadquery as cq
pts = [(x * 0.5, (x % 3) * 0.3) for x in range(9)]
r = cq.Workplane().splineApprox(pts, tol=1e-3).lineTo(4, -2).lineTo(0, -2).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=9.200137709 area=32.20986474
# expect: bbox=-5.638254347e-07,-2.0000001,-1e-07,4.000000564,0.6146191626,1.0000001 center=2.013288396,-0.8401177702,0.5
