# combine=False leaves one box per point on the stack.
import cadquery as cq
r = cq.Workplane().pushPoints([(0, 0), (0.5, 0)]).box(1, 2, 3, combine=False)
# expect: status=ok valid=true solids=2 faces=12 edges=24 vertices=16
# expect: volume=12 area=44
# expect: bbox=-0.5,-1,-1.5,1,1,1.5 center=0.25,0,0
