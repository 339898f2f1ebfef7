# Everything cut away leaves nothing.
import cadquery as cq
r = cq.Workplane().box(1, 1, 1).rect(3, 3).cutThruAll()
# expect: error kind=value
