# A selection may be empty.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3).faces("%SPHERE")
# expect: error kind=value
