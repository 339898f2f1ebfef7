# A spline through points, closed by lines.
import cadquery as cq
r = cq.Workplane().spline([(1, 2), (3, 1), (5, 3)], includeCurrent=True).lineTo(5, -1).lineTo(0, -1).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=12.18775647 area=42.62932446
# expect: bbox=-1e-07,-1.0000001,-1e-07,5.0000001,3.0000001,1.0000001 center=2.403880194,0.2633726768,0.5
