# Nothing to revolve.
import cadquery as cq
r = cq.Workplane().revolve(90)
# expect: error kind=value line=3
