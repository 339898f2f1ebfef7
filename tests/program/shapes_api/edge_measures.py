# Length, startPoint, endPoint, positionAt, tangentAt.
import cadquery as cq
e = cq.Edge.makeThreePointArc((0, 0, 0), (1, 1, 0), (2, 0, 0))
r = cq.Workplane().box(e.Length(), 1, 1).translate(e.startPoint() + e.endPoint() + e.positionAt(0.5) + e.tangentAt(0.25))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=3.141592654 area=14.56637061
# expect: bbox=2.136310454,1.207106781,-0.5,5.277903108,2.207106781,0.5 center=3.707106781,1.707106781,0
