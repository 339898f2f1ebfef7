# Edge.makeCircle as an arc.
import cadquery as cq
r = cq.Edge.makeCircle(3, angle1=0, angle2=90)
# expect: status=ok valid=true solids=0 faces=0 edges=1 vertices=2
# expect: volume=0 area=0
# expect: bbox=0,0,0,3,3,0 center=1.909859317,1.909859317,0
