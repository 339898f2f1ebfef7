# Every object on the stack moves.
import cadquery as cq
r = cq.Workplane().pushPoints([(0, 0), (5, 0)]).box(1, 1, 1, combine=False).translate((0, 0, 3))
# expect: status=ok valid=true solids=2 faces=12 edges=24 vertices=16
# expect: volume=2 area=12
# expect: bbox=-0.5,-0.5,2.5,5.5,0.5,3.5 center=2.5,0,3
