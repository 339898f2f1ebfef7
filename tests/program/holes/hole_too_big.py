# A hole wider than the part.
import cadquery as cq
r = cq.Workplane().box(1, 1, 1).faces(">Z").workplane().hole(4)
# expect: error kind=value
