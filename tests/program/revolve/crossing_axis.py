# An outline across the axis.
import cadquery as cq
r = cq.Workplane().rect(2, 1).revolve(180)
# expect: error kind=geometry line=3
