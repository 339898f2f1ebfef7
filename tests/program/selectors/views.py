# front, back, left, right, top, bottom.
import cadquery as cq
b = cq.Workplane().box(1, 2, 3)
r = b.faces("front").add(b.faces("left")).add(b.faces("top"))
# expect: status=ok valid=true solids=0 faces=3 edges=9 vertices=7
# expect: volume=0 area=11
# expect: bbox=-0.5,-1,-1.5,0.5,1,1.5 center=-0.2727272727,0.2727272727,0.2727272727
