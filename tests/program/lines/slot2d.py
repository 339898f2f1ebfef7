# slot2D: overall length and diameter, turned.
import cadquery as cq
r = cq.Workplane().slot2D(10, 4, 30).extrude(2)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=73.13274123 area=122.2654825
# expect: bbox=-4.598076211,-3.5,0,4.598076211,3.5,2 center=0,0,1
