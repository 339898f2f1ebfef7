# twistExtrude turns along the way.
import cadquery as cq
r = cq.Workplane().rect(4, 2).twistExtrude(5, 45)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=39.99982794 area=76.73037172
# expect: bbox=-2.236065412,-2.121320444,-1e-07,2.236065412,2.121320444,5.0000001 center=0,0,2.5
