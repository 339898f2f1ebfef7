# Tapered through cut.
import cadquery as cq
r = cq.Workplane().box(6, 6, 2).faces(">Z").workplane().rect(3, 3).cutThruAll(taper=10)
# expect: status=ok valid=true solids=1 faces=10 edges=24 vertices=16
# expect: volume=57.90020803 area=127.2398732
# expect: bbox=-3,-3,-1,3,3,1 center=0,0,-0.02149899167
