# newObject puts a list on the stack.
import cadquery as cq
r = cq.Workplane().newObject([cq.Solid.makeBox(1, 2, 3)]).edges("|Z").fillet(0.2)
# expect: status=ok valid=true solids=1 faces=10 edges=24 vertices=16
# expect: volume=5.896991118 area=20.9012386
# expect: bbox=0,0,0,1,2,3 center=0.5,1,1.5
