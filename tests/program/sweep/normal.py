# A fixed normal.
import cadquery as cq
r = cq.Workplane().rect(1, 2).sweep(cq.Workplane("XZ").threePointArc((1, 3), (5, 4)), normal=(0, 1, 0))
# expect: status=ok valid=true solids=1 faces=2 edges=6 vertices=6
# expect: volume=0 area=32
# expect: bbox=-0.522115308,-1.000000001e-07,-1.0000001,5.5000001,1.000000001e-07,5.203937928 center=2.127968119,0,2.744063761
