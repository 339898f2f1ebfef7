# Indexing a sketch's selection.
import cadquery as cq
r = cq.Sketch().rect(4, 2).vertices()[0:2].circle(0.4, mode="s")
# expect: status=ok valid=true solids=0 faces=1 edges=6 vertices=6
# expect: volume=0 area=7.748672588
# expect: bbox=-2,-1,0,2,1,0 center=0.05936347842,0,0
