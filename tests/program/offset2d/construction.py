# forConstruction keeps the offset out of the pending wires.
import cadquery as cq
r = cq.Workplane().rect(6, 4).extrude(1).faces(">Z").wires().toPending().offset2D(-1, forConstruction=True).vertices().hole(0.4)
# expect: status=ok valid=true solids=1 faces=10 edges=24 vertices=16
# expect: volume=23.49734518 area=72.0212386
# expect: bbox=-3,-2,0,3,2,1 center=0,0,0.5
