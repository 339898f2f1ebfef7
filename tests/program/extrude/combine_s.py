# combine="s" is the same as "cut".
import cadquery as cq
r = cq.Workplane().box(4, 4, 4).faces(">Z").workplane().circle(1).extrude(-2, combine="s")
# expect: status=ok valid=true solids=1 faces=8 edges=15 vertices=10
# expect: volume=57.71681469 area=108.5663706
# expect: bbox=-2,-2,-2,2,2,2 center=0,0,-0.1088623019
