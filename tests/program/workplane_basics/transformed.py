# transformed rotates, then offsets.
import cadquery as cq
r = cq.Workplane().transformed(rotate=(0, 0, 45), offset=(1, 2, 3)).rect(2, 4).extrude(1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=8 area=28
# expect: bbox=-1.121320344,-0.1213203436,3,3.121320344,4.121320344,4 center=1,2,3.5
