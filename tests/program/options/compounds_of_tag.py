# compounds(tag=...).
import cadquery as cq
r = cq.Workplane().pushPoints([(0, 0), (5, 0)]).box(1, 2, 3).tag("b").faces(">Z").compounds(tag="b")
# expect: status=ok valid=true solids=2 faces=12 edges=24 vertices=16
# expect: volume=12 area=44
# expect: bbox=-0.5,-1,-1.5,5.5,1,1.5 center=2.5,0,0
