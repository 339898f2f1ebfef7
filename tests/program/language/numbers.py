# Underscores, exponents, hexadecimal.
import cadquery as cq
r = cq.Workplane().box(1_0, 2.5e-1, 0x0f)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=37.5 area=312.5
# expect: bbox=-5,-0.125,-7.5,5,0.125,7.5 center=0,0,0
