# mode="r".
import cadquery as cq
r = cq.Sketch().rect(4, 4).circle(1, mode="r")
# expect: status=ok valid=true solids=0 faces=1 edges=1 vertices=1
# expect: volume=0 area=3.141592654
# expect: bbox=-1,-1,0,1,1,0 center=0,0,0
