# includeCurrent starts at the current point.
import cadquery as cq
r = cq.Workplane().moveTo(-1, -1).polyline([(4, 0), (5, 2), (1, 3)], includeCurrent=True).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=13.5 area=42.93032907
# expect: bbox=-1,-1,0,5,3,1 center=2,1,0.5
