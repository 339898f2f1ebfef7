# Slots at points.
import cadquery as cq
r = cq.Workplane().pushPoints([(0, 0), (0, 6)]).slot2D(10, 4).extrude(2)
# expect: status=ok valid=true solids=2 faces=12 edges=24 vertices=16
# expect: volume=146.2654825 area=244.5309649
# expect: bbox=-5,-2,0,5,8,2 center=0,3,1
