# An unknown mode.
import cadquery as cq
r = cq.Sketch().rect(8, 6, mode="x")
# expect: error kind=value line=3
