# The line inside the function is named.
import cadquery as cq
def plate(w):
    d = w + 1
    return cq.Workplane().box(w, d, 0)
r = plate(3)
# expect: error kind=geometry line=5
