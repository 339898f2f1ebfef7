# Sets hold each once.
import cadquery as cq
s = {1, 2, 2, 3}
r = cq.Workplane().box(len(s), 1, 2 if 3 in s else 1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=-1.5,-0.5,-1,1.5,0.5,1 center=0,0,0
