# clean merges faces in one plane.
import cadquery as cq
r = cq.Workplane().box(4, 4, 1).faces(">Z").workplane().rect(4, 4).extrude(2)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=48 area=80
# expect: bbox=-2,-2,-0.5,2,2,2.5 center=0,0,1
