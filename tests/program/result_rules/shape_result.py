# A plain shape.
import cadquery as cq
result = cq.Solid.makeBox(1, 2, 3)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=0,0,0,1,2,3 center=0.5,1,1.5
