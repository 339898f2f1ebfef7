# Counterbored hole.
import cadquery as cq
r = cq.Workplane().box(8, 8, 4).faces(">Z").workplane().cboreHole(1, 3, 1)
# expect: status=ok valid=true solids=1 faces=9 edges=18 vertices=12
# expect: volume=246.575222 area=273.2787596
# expect: bbox=-4,-4,-2,4,4,2 center=0,0,-0.03822272929
