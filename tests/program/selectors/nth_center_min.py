# <<X[1].
import cadquery as cq
r = cq.Workplane().box(4, 4, 1).edges("<<X[1]")
# expect: status=ok valid=true solids=0 faces=0 edges=4 vertices=8
# expect: volume=0 area=0
# expect: bbox=-2,-2,-0.5,2,2,0.5 center=0,0,0
