# combine="cut" subtracts the loft.
import cadquery as cq
r = cq.Workplane().box(6, 6, 3).faces(">Z").workplane().rect(4, 4).workplane(offset=-2).rect(2, 2).loft(combine="cut")
# expect: status=ok valid=true solids=1 faces=11 edges=24 vertices=16
# expect: volume=89.33333333 area=158.8328157
# expect: bbox=-3,-3,-1.5,3,3,1.5000001 center=0,0,-0.1492537313
