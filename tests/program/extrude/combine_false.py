# combine=False leaves only the new solid.
import cadquery as cq
r = cq.Workplane().box(4, 4, 1).faces(">Z").workplane().circle(1).extrude(2, combine=False)
# expect: status=ok valid=true solids=1 faces=3 edges=3 vertices=2
# expect: volume=6.283185307 area=18.84955592
# expect: bbox=-1,-1,0.5,1,1,2.5 center=0,0,1.5
