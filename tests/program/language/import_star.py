# from cadquery import *.
from cadquery import *
r = Workplane("XY").box(1, 2, 3).edges("|Z").fillet(0.1)
# expect: status=ok valid=true solids=1 faces=10 edges=24 vertices=16
# expect: volume=5.97424778 area=21.46778745
# expect: bbox=-0.5,-1,-1.5,0.5,1,1.5 center=0,0,0
