# Solids of a compound.
import cadquery as cq
r = cq.Workplane().pushPoints([(0, 0), (5, 0)]).box(1, 2, 3).solids(">X")
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=4.5,-1,-1.5,5.5,1,1.5 center=5,0,0
