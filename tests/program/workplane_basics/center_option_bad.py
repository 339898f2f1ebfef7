# An unknown centerOption.
import cadquery as cq
r = cq.Workplane().box(1, 1, 1).faces(">Z").workplane(centerOption="Middle").circle(0.1).extrude(1)
# expect: error kind=value line=3
