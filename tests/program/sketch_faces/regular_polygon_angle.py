# Turned by 10 degrees.
import cadquery as cq
r = cq.Sketch().regularPolygon(3, 5, 10)
# expect: status=ok valid=true solids=0 faces=1 edges=5 vertices=5
# expect: volume=0 area=21.39877162
# expect: bbox=-2.970804206,-2.696382139,0,2.648842779,2.954423259,0 center=0,0,0
