# Assembly constraints are refused.
import cadquery as cq
a = cq.Assembly().add(cq.Workplane().box(1, 1, 1), name="a")
a.constrain("a", "Fixed")
# expect: error kind=unsupported line=4 message~="constrain"
