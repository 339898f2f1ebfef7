# Countersunk hole of limited depth.
import cadquery as cq
r = cq.Workplane().box(8, 8, 4).faces(">Z").workplane().cskHole(1, 3, 90, depth=2.5)
# expect: status=ok valid=true solids=1 faces=9 edges=17 vertices=11
# expect: volume=251.4185107 area=263.3149695
# expect: bbox=-4,-4,-2,4,4,2 center=0,0,-0.02355916886
