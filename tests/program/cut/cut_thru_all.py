# cutThruAll goes through everything.
import cadquery as cq
r = cq.Workplane().box(4, 4, 4).faces(">Z").workplane().rect(2, 1).cutThruAll()
# expect: status=ok valid=true solids=1 faces=10 edges=24 vertices=16
# expect: volume=55.99999973 area=116.0000012
# expect: bbox=-2,-2,-2.0000002,2,2,2 center=0,0,7.142857475e-09
