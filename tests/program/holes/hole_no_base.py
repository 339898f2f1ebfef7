# A hole without a solid.
import cadquery as cq
r = cq.Workplane().hole(1)
# expect: error kind=value line=3
