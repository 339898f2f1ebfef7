# Overlapping faces fuse.
import cadquery as cq
r = cq.Sketch().rect(4, 2).push([(2, 0)]).circle(1.5)
# expect: status=ok valid=true solids=0 faces=3 edges=9 vertices=7
# expect: volume=0 area=12.30866226
# expect: bbox=-2,-1.5,0,3.5,1.5,0 center=0.8558193375,0,0
