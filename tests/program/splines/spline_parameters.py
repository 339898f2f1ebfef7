# Interpolation parameters may be given.
import cadquery as cq
r = cq.Workplane().spline([(0, 0), (1, 2), (6, 0)], parameters=[0, 0.3, 1]).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=4 edges=6 vertices=4
# expect: volume=9.523809524 area=33.16914921
# expect: bbox=-1e-07,-1e-07,-1e-07,6.0000001,2.380952481,1.0000001 center=2.619047619,0.9523809524,0.5
