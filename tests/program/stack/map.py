# map with a function.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3).faces(">Z").map(lambda f: f.translate(cq.Vector(0, 0, 5)))
# expect: status=ok valid=true solids=0 faces=1 edges=4 vertices=4
# expect: volume=0 area=2
# expect: bbox=-0.5,-1,6.5,0.5,1,6.5 center=0,0,6.5
