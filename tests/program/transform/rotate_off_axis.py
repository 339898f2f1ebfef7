# An axis away from the origin.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3).rotate((3, 0, 0), (3, 1, 0), 90)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=1.5,-1,2.5,4.5,1,3.5 center=3,0,3
