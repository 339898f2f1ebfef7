# add takes lists and shapes.
import cadquery as cq
r = cq.Workplane().add([cq.Solid.makeBox(1, 1, 1), cq.Solid.makeSphere(1, cq.Vector(5, 0, 0))])
# expect: status=ok valid=true solids=2 faces=8 edges=14 vertices=10
# expect: volume=3.094395102 area=15.42477796
# expect: bbox=0,-1,0,6,1,1 center=3.545757781,0.1615824688,0.4153956172
