# parametricCurve samples a function.
import cadquery as cq
from math import sin, pi
r = cq.Workplane().parametricCurve(lambda t: (4 * t, sin(pi * t), 0), N=50, makeWire=False).lineTo(4, -2).lineTo(0, -2).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=10.54647923 area=33.65231332
# expect: bbox=-1e-07,-2.0000001,-1e-07,4.0000001,1.000000063,1.0000001 center=2.000000001,-0.6637286053,0.5
