# combine() unites the solids of the stack.
import cadquery as cq
r = cq.Workplane().pushPoints([(0, 0), (0.5, 0.5)]).box(1, 1, 1, combine=False).combine()
# expect: status=ok valid=true solids=1 faces=10 edges=24 vertices=16
# expect: volume=1.75 area=9.5
# expect: bbox=-0.5,-0.5,-0.5,1,1,0.5 center=0.25,0.25,0
