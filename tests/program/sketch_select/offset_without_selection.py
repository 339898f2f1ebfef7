# offset needs a selection.
import cadquery as cq
r = cq.Sketch().circle(3).offset(1)
# expect: error kind=value line=3
