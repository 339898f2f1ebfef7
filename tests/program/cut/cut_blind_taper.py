# A tapered pocket.
import cadquery as cq
r = cq.Workplane().box(6, 6, 4).faces(">Z").workplane().rect(4, 3).cutBlind(-1, taper=10)
# expect: status=ok valid=true solids=1 faces=11 edges=24 vertices=16
# expect: volume=133.1928339 area=179.1555712
# expect: bbox=-3,-3,-2,3,3,2 center=0,0,-0.1231755471
