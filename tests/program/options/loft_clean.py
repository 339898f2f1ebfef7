# loft joined without cleaning.
import cadquery as cq
r = cq.Workplane().rect(4, 4).extrude(1).faces(">Z").workplane().rect(4, 4).workplane(offset=2).rect(2, 2).loft(combine=True, clean=False)
# expect: status=ok valid=true solids=1 faces=10 edges=20 vertices=12
# expect: volume=34.66666667 area=62.83281573
# expect: bbox=-2.0000001,-2.0000001,0,2.0000001,2.0000001,3.0000001 center=0,0,1.192307692
