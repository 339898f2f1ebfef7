# sketch() … finalize() and extrude.
import cadquery as cq
r = cq.Workplane().sketch().rect(4, 2).circle(0.5, mode="s").finalize().extrude(3)
# expect: status=ok valid=true solids=1 faces=7 edges=15 vertices=10
# expect: volume=21.64380551 area=59.85398163
# expect: bbox=-2,-1,0,2,1,3 center=0,0,1.5
