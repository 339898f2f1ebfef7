# Nothing kept is an error.
import cadquery as cq
r = cq.Workplane().box(4, 4, 4).faces(">Z").workplane(-1).split()
# expect: error kind=value line=3
