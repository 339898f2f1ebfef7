# combine="a" is the same as True.
import cadquery as cq
r = cq.Workplane().box(4, 4, 4).faces(">Z").workplane().circle(1).extrude(2, combine="a")
# expect: status=ok valid=true solids=1 faces=8 edges=15 vertices=10
# expect: volume=70.28318531 area=108.5663706
# expect: bbox=-2,-2,-2,2,2,4 center=0,0,0.2681943887
