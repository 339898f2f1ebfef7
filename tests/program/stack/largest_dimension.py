# largestDimension of the solid.
import cadquery as cq
b = cq.Workplane().box(1, 2, 3)
r = cq.Workplane().box(b.largestDimension(), 1, 1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=3.741657387 area=16.96662955
# expect: bbox=-1.870828693,-0.5,-0.5,1.870828693,0.5,0.5 center=0,0,0
