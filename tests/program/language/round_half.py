# round goes to the even number.
import cadquery as cq
r = cq.Workplane().box(round(2.5), round(3.5), round(0.5) + 1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=8 area=28
# expect: bbox=-1,-2,-0.5,1,2,0.5 center=0,0,0
