# Shapes have operators as well.
import cadquery as cq
a = cq.Solid.makeBox(4, 4, 4)
r = a - cq.Solid.makeCylinder(1, 9) + cq.Solid.makeBox(1, 1, 6)
# expect: status=ok valid=true solids=1 faces=13 edges=28 vertices=17
# expect: volume=66 area=104
# expect: bbox=0,0,0,4,4,6 center=1.954545455,1.954545455,2.090909091
