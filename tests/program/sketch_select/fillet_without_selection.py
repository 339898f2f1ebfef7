# fillet needs a selection.
import cadquery as cq
r = cq.Sketch().rect(6, 4).fillet(1)
# expect: error kind=value line=3
