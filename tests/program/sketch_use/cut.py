# A sketch used by cutThruAll and cutBlind.
import cadquery as cq
r = cq.Workplane().box(10, 8, 2).faces(">Z").workplane().sketch().slot(4, 1).finalize().cutThruAll()
# expect: status=ok valid=true solids=1 faces=10 edges=24 vertices=16
# expect: volume=150.4292037 area=244.712389
# expect: bbox=-5,-4,-1,5,4,1 center=0,0,0
