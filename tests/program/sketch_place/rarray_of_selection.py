# rarray around each selected place.
import cadquery as cq
r = cq.Sketch().push([(0, 0), (20, 0)]).rarray(3, 2, 2, 2).circle(0.5)
# expect: status=ok valid=true solids=0 faces=8 edges=8 vertices=8
# expect: volume=0 area=6.283185307
# expect: bbox=-2,-1.5,0,22,1.5,0 center=10,0,0
