# The direction must be a Vector.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3).edges(cq.ParallelDirSelector((0, 1, 0)))
# expect: error kind=value line=3
