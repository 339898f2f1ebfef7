# Nothing to wrap.
import cadquery as cq
r = cq.Sketch().hull()
# expect: error kind=value line=3
