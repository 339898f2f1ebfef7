# numpy's linspace, sin and arithmetic make points.
import cadquery as cq
import numpy as np
x = np.linspace(0, np.pi, 9)
y = 2 * np.sin(x) + 1
r = cq.Workplane().polyline([(float(a), float(b)) for a, b in zip(x, y)]).lineTo(3, 0).lineTo(0, 0).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=13 edges=33 vertices=22
# expect: volume=7.019259531 area=24.29808235
# expect: bbox=0,0,0,3.141592654,3,1 center=1.555429293,1.219151422,0.5
