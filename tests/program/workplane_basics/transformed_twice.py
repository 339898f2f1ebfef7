# transformed adds up.
import cadquery as cq
r = cq.Workplane().transformed(offset=(1, 0, 0), rotate=(0, 90, 0)).transformed(offset=(0, 0, 2)).rect(2, 1).extrude(1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=2 area=10
# expect: bbox=3,-0.5,-1,4,0.5,1 center=3.5,0,0
