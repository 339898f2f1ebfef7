# close() without an edge.
import cadquery as cq
r = cq.Workplane().close().extrude(1)
# expect: error kind=value line=3
