# cutBlind until a face.
import cadquery as cq
b = cq.Workplane().box(6, 6, 4)
r = b.faces(">Z").workplane().circle(1).cutBlind(b.faces("<Z").val())
# expect: status=ok valid=true solids=1 faces=7 edges=15 vertices=10
# expect: volume=131.4336294 area=186.8495559
# expect: bbox=-3,-3,-2,3,3,2 center=0,0,0
