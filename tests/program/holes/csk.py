# Countersunk hole.
import cadquery as cq
r = cq.Workplane().box(8, 8, 4).faces(">Z").workplane().cskHole(1, 3, 82)
# expect: status=ok valid=true solids=1 faces=8 edges=17 vertices=11
# expect: volume=249.8467499 area=266.6755646
# expect: bbox=-4,-4,-2,4,4,2 center=0,0,-0.01994806906
