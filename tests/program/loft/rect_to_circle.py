# From a rectangle to a circle.
import cadquery as cq
r = cq.Workplane().rect(4, 4).workplane(offset=5).circle(1).loft()
# expect: status=ok valid=true solids=1 faces=7 edges=15 vertices=10
# expect: volume=43.90687183 area=75.56950049
# expect: bbox=-2.0000001,-2.0000001,-1e-07,2.0000001,2.0000001,5.0000001 center=0,0,1.88988255
