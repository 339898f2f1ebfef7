# There is nothing to cut from.
import cadquery as cq
r = cq.Workplane().rect(1, 1).cutBlind(1)
# expect: error kind=value line=3
