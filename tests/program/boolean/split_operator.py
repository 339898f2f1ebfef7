# a / b splits at b.
import cadquery as cq
r = cq.Workplane().box(2, 2, 2) / cq.Workplane(cq.Face.makePlane(5, 5))
# expect: status=ok valid=true solids=2 faces=11 edges=20 vertices=12
# expect: volume=8 area=32
# expect: bbox=-1,-1,-1,1,1,1 center=0,0,0
