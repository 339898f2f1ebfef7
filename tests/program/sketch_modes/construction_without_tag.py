# mode="c" needs a tag.
import cadquery as cq
r = cq.Sketch().rect(8, 6, mode="c")
# expect: error kind=value line=3
