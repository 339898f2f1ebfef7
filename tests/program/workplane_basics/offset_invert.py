# offset counts along the inverted normal.
import cadquery as cq
r = cq.Workplane().box(4, 4, 4).faces(">Z").workplane(offset=1, invert=True).rect(1, 1).extrude(-4, combine=False)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=4 area=18
# expect: bbox=-0.5,-0.5,1,0.5,0.5,5 center=0,0,3
