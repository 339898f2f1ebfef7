# workplane(offset) moves along the normal.
import cadquery as cq
r = cq.Workplane("XY").workplane(offset=5).rect(2, 2).extrude(1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=4 area=16
# expect: bbox=-1,-1,5,1,1,6 center=0,0,5.5
