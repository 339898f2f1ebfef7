# From one section to another.
import cadquery as cq
path = cq.Workplane("XZ").moveTo(0, 0).lineTo(0, 10)
r = cq.Workplane().rect(2, 2).workplane(offset=10).circle(1.5).sweep(path, multisection=True)
# expect: status=ok valid=true solids=1 faces=7 edges=15 vertices=10
# expect: volume=54.90160456 area=96.78780954
# expect: bbox=-1.5000001,-1.5000001,-1e-07,1.5000001,1.5000001,10.0000001 center=0,0,5.465770156
