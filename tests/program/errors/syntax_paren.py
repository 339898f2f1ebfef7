# An unclosed parenthesis.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3
# expect: error kind=syntax line=3
