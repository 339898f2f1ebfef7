# face() of a number.
import cadquery as cq
r = cq.Sketch().face(3)
# expect: error kind=value line=3
