# A tag that was never set.
import cadquery as cq
r = cq.Sketch().rect(2, 1).select("q").circle(1)
# expect: error kind=value line=3
