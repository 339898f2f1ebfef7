# center per axis.
import cadquery as cq
r = cq.Workplane().rarray(3, 4, 3, 2, center=(True, False)).circle(1).extrude(1)
# expect: status=ok valid=true solids=6 faces=18 edges=18 vertices=12
# expect: volume=18.84955592 area=75.39822369
# expect: bbox=-4,-1,0,4,5,1 center=0,2,0.5
