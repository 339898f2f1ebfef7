# >X on curved faces goes by the centre.
import cadquery as cq
r = cq.Workplane().box(4, 4, 4).union(cq.Workplane("YZ").circle(1).extrude(6)).faces(">X[-2]")
# expect: status=ok valid=true solids=0 faces=1 edges=5 vertices=5
# expect: volume=0 area=12.85840735
# expect: bbox=2,-2,-2,2,2,2 center=2,0,0
