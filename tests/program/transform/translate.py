# translate moves by a vector.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3).translate((4, 5, 6))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=3.5,4,4.5,4.5,6,7.5 center=4,5,6
