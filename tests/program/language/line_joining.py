# Parentheses and backslashes join lines.
import cadquery as cq
r = (
    cq.Workplane("XY")
    .box(1, 2, 3)  # the base
    .faces(">Z")

    .workplane()
    .hole(0.2)
)
s = 1 + \
    2
# expect: status=ok valid=true solids=1 faces=7 edges=15 vertices=10
# expect: volume=5.90575222 area=23.82212374
# expect: bbox=-0.5,-1,-1.5,0.5,1,1.5 center=0,0,0
