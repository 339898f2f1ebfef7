# Wires of a face with a hole.
import cadquery as cq
r = cq.Workplane().box(4, 4, 1).faces(">Z").workplane().hole(1).faces(">Z").wires()
# expect: status=ok valid=true solids=0 faces=0 edges=5 vertices=5
# expect: volume=0 area=0
# expect: bbox=-2,-2,0.5,2,2,0.5 center=0,0,0.5
