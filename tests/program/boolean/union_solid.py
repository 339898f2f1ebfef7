# A Solid instead of a Workplane.
import cadquery as cq
r = cq.Workplane().box(2, 2, 2).union(cq.Solid.makeSphere(1.2))
# expect: status=ok valid=true solids=1 faces=15 edges=26 vertices=18
# expect: volume=8.427256595 area=25.09724
# expect: bbox=-1.2,-1.2,-1,1.2,1.2,1.2 center=0,0,0.02572217446
