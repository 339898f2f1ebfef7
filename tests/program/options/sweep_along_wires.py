# multisection along the chosen wires.
import cadquery as cq
path = cq.Workplane("XZ").moveTo(0, 0).lineTo(0, 10)
r = cq.Workplane().circle(2).workplane(offset=4).circle(1).workplane(offset=6).circle(1.5).sweep(path, multisection=True)
# expect: status=ok valid=true solids=1 faces=3 edges=3 vertices=2
# expect: volume=47.41477765 area=96.47681574
# expect: bbox=-2.000000073,-2.000000097,-1e-07,2.0000001,2.000000097,10.0000001 center=1.6359201e-06,0,4.217791408
