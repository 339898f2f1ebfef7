# A cup.
import cadquery as cq
r = cq.Workplane().circle(5).extrude(8).faces(">Z").shell(-0.5)
# expect: status=ok valid=true solids=1 faces=5 edges=6 vertices=4
# expect: volume=151.1891465 area=620.4645491
# expect: bbox=-5,-5,0,5,5,8 center=0,0,3.211038961
