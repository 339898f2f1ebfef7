# twistExtrude combine and clean.
import cadquery as cq
r = cq.Workplane().box(9, 9, 1).faces(">Z").workplane().rect(2, 3).twistExtrude(4, 20, combine=True, clean=False)
# expect: status=ok valid=true solids=1 faces=11 edges=24 vertices=16
# expect: volume=104.9990137 area=238.0878211
# expect: bbox=-4.5000001,-4.5000001,-0.5,4.5000001,4.5000001,4.5000001 center=0,0,0.5714104551
