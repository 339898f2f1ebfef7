# Nothing to hollow.
import cadquery as cq
r = cq.Workplane().rect(2, 2).shell(1)
# expect: error kind=value line=3
