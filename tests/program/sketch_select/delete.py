# delete removes selected faces.
import cadquery as cq
r = cq.Sketch().push([(0, 0), (5, 0), (10, 0)]).rect(2, 1).reset().faces(">X").delete()
# expect: status=ok valid=true solids=0 faces=2 edges=8 vertices=8
# expect: volume=0 area=4
# expect: bbox=-1,-0.5,0,6,0.5,0 center=2.5,0,0
