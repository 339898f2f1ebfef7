# A closed spline.
import cadquery as cq
r = cq.Sketch().spline([(0, 0), (4, 1), (3, 4)], [(1, -1), (-1, -1)], True).assemble()
# expect: status=ok valid=true solids=0 faces=1 edges=1 vertices=1
# expect: volume=0 area=14.74159578
# expect: bbox=-0.4522965537,-0.7790581958,-1e-07,4.211691001,4.274948806,1e-07 center=2.210564204,1.373922741,0
