# tag= of wires, solids, shells and compounds.
import cadquery as cq
b = cq.Workplane().pushPoints([(0, 0), (5, 0)]).box(1, 2, 3).tag("b").faces(">Z").workplane().circle(0.2).extrude(1)
r = b.wires(">X", tag="b").add(b.solids("<X", tag="b")).add(b.shells(">X", tag="b")).add(b.compounds(tag="b"))
# expect: status=ok valid=true solids=2 faces=12 edges=24 vertices=16
# expect: volume=12 area=88
# expect: bbox=-0.5,-1,-1.5,5.5,1,1.5 center=2.5,0,0
