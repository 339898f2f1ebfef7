# delete needs a selection.
import cadquery as cq
r = cq.Sketch().rect(2, 1).delete()
# expect: error kind=value line=3
