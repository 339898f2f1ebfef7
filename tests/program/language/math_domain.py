# sqrt of a negative number.
import cadquery as cq
import math
r = cq.Workplane().box(math.sqrt(-1), 1, 1)
# expect: error kind=value line=4
