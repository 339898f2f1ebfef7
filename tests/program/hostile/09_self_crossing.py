# expect: invalid
# Real CadQuery builds this bow-tie and calls it invalid; so do we.
import cadquery as cq
r = cq.Workplane().polyline([(0, 0), (4, 4), (4, 0), (0, 4)]).close().extrude(1)
