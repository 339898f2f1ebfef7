# union() without argument joins the stack.
import cadquery as cq
r = cq.Workplane().pushPoints([(0, 0), (0.5, 0)]).box(1, 1, 1, combine=False).union()
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=1.5 area=8
# expect: bbox=-0.5,-0.5,-0.5,1,0.5,0.5 center=0.25,0,0
