# Negative exponents and unary minus.
import cadquery as cq
r = cq.Workplane().box(-2 ** 2 + 5, 2 ** -1, (-2) ** 2)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=2 area=13
# expect: bbox=-0.5,-0.25,-2,0.5,0.25,2 center=0,0,0
