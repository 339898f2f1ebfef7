# No letters.
import cadquery as cq
r = cq.Workplane().text("", 10, 2, combine=False, font="DejaVu Sans")
# expect: error kind=value line=3
