# Points may be named tuples.
import cadquery as cq
from collections import namedtuple
P = namedtuple("P", "x y")
r = cq.Workplane().pushPoints([P(0, 0), P(3, 1)]).rect(1, 1).extrude(1)
# expect: status=ok valid=true solids=2 faces=12 edges=24 vertices=16
# expect: volume=2 area=12
# expect: bbox=-0.5,-0.5,0,3.5,1.5,1 center=1.5625,0.5625,0.5
