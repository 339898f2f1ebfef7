# splineApprox with smoothing weights.
import cadquery as cq
pts = [(x * 0.5, (x % 3) * 0.3) for x in range(9)]
r = cq.Workplane().splineApprox(pts, smoothing=(1, 1, 1)).lineTo(4, -2).lineTo(0, -2).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=9.20013618 area=32.20999762
# expect: bbox=-1.000004639e-07,-2.0000001,-1e-07,4.0000001,0.6146425146,1.0000001 center=2.013289205,-0.8401166686,0.5
