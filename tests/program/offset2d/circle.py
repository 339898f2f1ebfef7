# A circle stays a circle.
import cadquery as cq
r = cq.Workplane().circle(2).offset2D(1).extrude(1)
# expect: status=ok valid=true solids=1 faces=3 edges=3 vertices=2
# expect: volume=28.27433388 area=75.39822369
# expect: bbox=-3,-3,0,3,3,1 center=0,0,0.5
