# One box per point, combined into one solid where they touch.
import cadquery as cq
r = cq.Workplane().pushPoints([(0, 0), (1, 0), (5, 0)]).box(1, 2, 3)
# expect: status=ok valid=true solids=2 faces=12 edges=24 vertices=16
# expect: volume=18 area=54
# expect: bbox=-0.5,-1,-1.5,5.5,1,1.5 center=2,0,0
