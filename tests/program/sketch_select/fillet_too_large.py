# A radius too large for the side.
import cadquery as cq
r = cq.Sketch().rect(6, 4).vertices().fillet(3)
# expect: error kind=geometry line=3
