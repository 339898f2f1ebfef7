# ancestors and siblings with tag and level.
import cadquery as cq
b = cq.Workplane().box(1, 2, 3).tag("b").faces(">Z").tag("top")
r = b.ancestors("Solid", tag="b").add(b.siblings("Edge", 2, tag="b"))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=-0.5,-1,-1.5,0.5,1,1.5 center=0,0,0
