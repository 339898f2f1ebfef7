# A sketch gives its faces.
import cadquery as cq
result = cq.Sketch().rect(2, 1)
# expect: status=ok valid=true solids=0 faces=1 edges=4 vertices=4
# expect: volume=0 area=2
# expect: bbox=-1,-0.5,0,1,0.5,0 center=0,0,0
