# A closed spline.
import cadquery as cq
r = cq.Sketch().spline([(0, 0), (4, 1), (3, 4)], None, True).assemble()
# expect: error kind=value line=3
