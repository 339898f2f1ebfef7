# clean=False keeps the seams.
import cadquery as cq
r = cq.Workplane().box(4, 4, 1).faces(">Z").workplane().rect(4, 4).extrude(2, clean=False)
# expect: status=ok valid=true solids=1 faces=10 edges=20 vertices=12
# expect: volume=48 area=80
# expect: bbox=-2,-2,-0.5,2,2,2.5 center=0,0,1
