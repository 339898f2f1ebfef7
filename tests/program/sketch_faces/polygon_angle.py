# A polygon turned and repeated.
import cadquery as cq
r = cq.Sketch().push([(0, 0), (8, 0)]).polygon([(0, 0), (2, 0), (0, 1), (0, 0)], angle=90)
# expect: status=ok valid=true solids=0 faces=2 edges=6 vertices=6
# expect: volume=0 area=2
# expect: bbox=-1,0,0,8,2,0 center=3.666666667,0.6666666667,0
