# cutThruAll and cutBlind without cleaning.
import cadquery as cq
r = cq.Workplane().box(9, 9, 4).faces(">Z").workplane().rect(2, 9).cutThruAll(clean=False).faces(">X").workplane().rect(9, 1).cutBlind(-1, clean=False)
# expect: status=ok valid=true solids=2 faces=14 edges=30 vertices=20
# expect: volume=247.5 area=325
# expect: bbox=-4.5,-4.5,-2,4.5,4.5,2 center=-0.07272727273,0,-0.03181818182
