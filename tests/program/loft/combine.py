# A loft joins its base.
import cadquery as cq
r = cq.Workplane().box(4, 4, 3).faces(">Z").circle(1.5).workplane(offset=3).rect(0.75, 0.5).loft(combine=True)
# expect: status=ok valid=true solids=1 faces=12 edges=27 vertices=18
# expect: volume=57.10355069 area=92.17417882
# expect: bbox=-2,-2,-1.5,2,2,4.5000001 center=0,0,0.3903516366
