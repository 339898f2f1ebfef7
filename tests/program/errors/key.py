# A key that is not there.
import cadquery as cq
r = cq.Workplane().box({"w": 1}["h"], 1, 1)
# expect: error kind=value line=3
