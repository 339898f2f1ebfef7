# Faces that do not lie in one plane make no workplane.
import cadquery as cq
r = cq.Workplane().box(1, 1, 1).faces(">Z or >X").workplane()
# expect: error kind=value line=3
