# Floor division and modulo of floats.
import cadquery as cq
r = cq.Workplane().box(7.5 // 2, 7.5 % 2, divmod(9, 4)[0])
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=9 area=27
# expect: bbox=-1.5,-0.75,-1,1.5,0.75,1 center=0,0,0
