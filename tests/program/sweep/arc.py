# Along an arc.
import cadquery as cq
r = cq.Workplane().rect(1, 1).sweep(cq.Workplane("XZ").threePointArc((2, 2), (4, 0)))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6.283185307 area=27.13274123
# expect: bbox=-0.5,-0.5,0,4.5,0.5,2.5 center=2,0,1.299765369
