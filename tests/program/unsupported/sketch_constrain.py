# Sketch constraints are refused.
import cadquery as cq
r = cq.Sketch().segment((0, 0), (0, 3.0), "s1").constrain("s1", "Fixed", None).solve()
# expect: error kind=unsupported line=3 message~="constrain"
