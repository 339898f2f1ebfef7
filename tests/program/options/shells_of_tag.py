# shells(tag=...).
import cadquery as cq
r = cq.Workplane().pushPoints([(0, 0), (5, 0)]).box(1, 2, 3).tag("b").faces(">Z").shells(">X", tag="b")
# expect: status=ok valid=true solids=0 faces=6 edges=12 vertices=8
# expect: volume=0 area=22
# expect: bbox=4.5,-1,-1.5,5.5,1,1.5 center=5,0,0
