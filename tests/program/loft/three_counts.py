# Three sections with different numbers of edges.
import cadquery as cq
r = cq.Workplane().rect(5, 16).workplane(offset=10).ellipse(3, 8).workplane(offset=10).slot2D(20, 5, 90).loft()
# expect: status=ok valid=true solids=1 faces=7 edges=15 vertices=10
# expect: volume=1592.123665 area=951.191562
# expect: bbox=-3.0000001,-10.0000001,-1.000000036e-07,3.0000001,10.0000001,20.0000001 center=0,0,10.27438938
