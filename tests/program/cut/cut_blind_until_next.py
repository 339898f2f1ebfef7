# cutBlind until the next face.
import cadquery as cq
r = cq.Workplane().box(6, 6, 4).faces(">Z").workplane().hole(2, 2).faces(">X").workplane().rect(1, 0.5).cutBlind("next")
# expect: status=ok valid=true solids=1 faces=11 edges=27 vertices=18
# expect: volume=137.2059676 area=181.1215585
# expect: bbox=-3,-3,-2,3,3,2 center=-0.007364232654,0,-0.05277484504
