# val of an empty stack is the plane's origin.
import cadquery as cq
r = cq.Workplane().box(1, 1, 1).translate(cq.Workplane(origin=(3, 4, 5)).val())
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=1 area=6
# expect: bbox=2.5,3.5,4.5,3.5,4.5,5.5 center=3,4,5
