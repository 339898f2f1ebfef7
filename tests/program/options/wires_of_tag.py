# wires(tag=...).
import cadquery as cq
r = cq.Workplane().pushPoints([(0, 0), (5, 0)]).box(1, 2, 3).tag("b").faces(">Z").wires(">X", tag="b")
# expect: status=ok valid=true solids=0 faces=0 edges=4 vertices=4
# expect: volume=0 area=0
# expect: bbox=5.5,-1,-1.5,5.5,1,1.5 center=5.5,0,0
