# Holes on different faces one after another.
import cadquery as cq
r = cq.Workplane().box(6, 6, 6).faces(">Z").workplane().hole(2).faces(">X").workplane().hole(1.5).faces("<Y").workplane().center(1, 1).hole(1)
# expect: status=ok valid=true solids=1 faces=10 edges=27 vertices=18
# expect: volume=193.48108 area=247.5891505
# expect: bbox=-3.0000001,-3,-3.0000001,3.0000001,3,3.0000001 center=0,0,-0.05090499771
