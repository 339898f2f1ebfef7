# An ellipse, turned.
import cadquery as cq
r = cq.Sketch().ellipse(3, 1, 20)
# expect: status=ok valid=true solids=0 faces=1 edges=1 vertices=1
# expect: volume=0 area=9.424777961
# expect: bbox=-2.839749597,-1.391338287,0,2.839749597,1.391338287,0 center=0,0,0
