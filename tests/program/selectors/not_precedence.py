# not binds last of all.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3).edges("not |Z and >X")
# expect: status=ok valid=true solids=0 faces=0 edges=10 vertices=8
# expect: volume=0 area=0
# expect: bbox=-0.5,-1,-1.5,0.5,1,1.5 center=-0.1666666667,0,0
