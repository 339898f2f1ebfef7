# All bodies on the stack count.
import cadquery as cq
r = cq.Workplane().pushPoints([(0, 0), (3, 0), (6, 0)]).box(1, 1, 1, combine=False)
# expect: status=ok valid=true solids=3 faces=18 edges=36 vertices=24
# expect: volume=3 area=18
# expect: bbox=-0.5,-0.5,-0.5,6.5,0.5,0.5 center=3,0,0
