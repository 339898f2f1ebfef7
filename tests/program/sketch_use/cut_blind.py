# A pocket from a sketch.
import cadquery as cq
r = cq.Workplane().box(10, 8, 2).faces(">Z").workplane().sketch().rect(4, 3).vertices().fillet(1).finalize().cutBlind(-1)
# expect: status=ok valid=true solids=1 faces=15 edges=36 vertices=24
# expect: volume=148.8584073 area=244.2831853
# expect: bbox=-5,-4,-1,5,4,1 center=0,0,-0.03742345781
