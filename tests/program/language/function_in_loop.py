# A spiral of points.
import cadquery as cq
from math import cos, sin, radians
pts = [(2 + 0.5 * i, 30 * i) for i in range(6)]
r = cq.Workplane().polyline([(d * cos(radians(a)), d * sin(radians(a))) for d, a in pts]).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=8 edges=18 vertices=12
# expect: volume=11.5 area=38.07877488
# expect: bbox=-3.897114317,0,0,2.165063509,3.5,1 center=-0.3841357608,2.023490025,0.5
