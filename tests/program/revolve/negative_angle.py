# A negative angle.
import cadquery as cq
r = cq.Workplane().rect(1, 2, centered=False).revolve(-90)
# expect: status=ok valid=true solids=1 faces=5 edges=9 vertices=6
# expect: volume=4.71238898 area=18.13716694
# expect: bbox=-1,0,-1,1,2,1 center=-0.1414710605,1,-0.1414710605
