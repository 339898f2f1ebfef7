# Tangent to an arc.
import cadquery as cq
r = cq.Workplane().lineTo(4, 0).tangentArcPoint((1, 1)).tangentArcPoint((-1, 1)).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=5 edges=9 vertices=6
# expect: volume=5.570796327 area=22.75532126
# expect: bbox=0,0,0,5,2,1 center=3.1622981,0.7606566,0.5
