# expect: kind=limit
import cadquery as cq
from math import cos, sin
points = [(cos(i / 159154.943) * 100, sin(i / 159154.943) * 100) for i in range(1000000)]
r = cq.Workplane().polyline(points).close().extrude(1)
