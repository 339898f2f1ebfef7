# No edge selected.
import cadquery as cq
r = cq.Workplane().box(4, 3, 2).edges("%CIRCLE").chamfer(0.5)
# expect: error kind=value line=3
