# cutBlind into the face with a negative depth.
import cadquery as cq
r = cq.Workplane().box(4, 4, 4).faces(">Z").workplane().rect(2, 1).cutBlind(-1)
# expect: status=ok valid=true solids=1 faces=11 edges=24 vertices=16
# expect: volume=62 area=102
# expect: bbox=-2,-2,-2,2,2,2 center=0,0,-0.04838709677
