# Constants and more functions.
import cadquery as cq
from math import pi, radians, sin, cos, tan, floor, ceil, fabs
r = cq.Workplane().box(2 * pi, sin(radians(30)) + cos(0), floor(2.7) + ceil(0.2) + fabs(-1) + tan(0))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=37.69911184 area=81.11503838
# expect: bbox=-3.141592654,-0.75,-2,3.141592654,0.75,2 center=0,0,0
