# split with a face.
import cadquery as cq
r = cq.Workplane().box(4, 4, 4).split(cq.Workplane(cq.Face.makePlane(9, 9, (0, 0, 1), (0, 0, 1))))
# expect: status=ok valid=true solids=2 faces=11 edges=20 vertices=12
# expect: volume=64 area=128
# expect: bbox=-2,-2,-2,2,2,2 center=0,0,0
