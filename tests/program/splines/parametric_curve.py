# parametricCurve samples a function.
import cadquery as cq
from math import sin, cos, pi
r = cq.Workplane().parametricCurve(lambda t: (3 * cos(2 * pi * t), 2 * sin(2 * pi * t), 0)).extrude(1)
# expect: status=ok valid=false solids=1 faces=3 edges=4 vertices=4
# expect: volume=18.84215767 area=53.56452778
# expect: bbox=-2.99999929,-2.000000091,-1e-07,3.000000536,2.000000091,1.0000001 center=0.0009963751833,-9.465377497e-09,0.5
