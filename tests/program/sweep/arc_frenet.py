# isFrenet on an arc.
import cadquery as cq
r = cq.Workplane().rect(1, 2).sweep(cq.Workplane("XZ").moveTo(0, 0).threePointArc((1, 3), (5, 4)), isFrenet=True)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=15.15228547 area=49.63762278
# expect: bbox=-0.5195394616,-1,0,5.211764706,1,4.701357643 center=1.770864343,0,2.914622349
