# An unknown kind.
import cadquery as cq
r = cq.Workplane().box(10, 8, 6).faces(">Z").shell(1, kind="round")
# expect: error kind=value line=3
