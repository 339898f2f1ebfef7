# The number of tangents must fit.
import cadquery as cq
r = cq.Workplane().spline([(0, 0), (3, 2), (6, 0), (7, 1)], tangents=[(0, 1), (1, 0), (0, -1)]).close().extrude(1)
# expect: error kind=value line=3
