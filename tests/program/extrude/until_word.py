# An unknown word for until.
import cadquery as cq
r = cq.Workplane().box(1, 1, 1).faces(">Z").workplane().rect(1, 1).extrude("nearest")
# expect: error kind=value line=3
