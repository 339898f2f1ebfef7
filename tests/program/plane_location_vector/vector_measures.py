# Length, dot, normalized, getAngle.
import cadquery as cq
v = cq.Vector(3, 4, 0)
r = cq.Workplane().box(v.Length, v.dot(cq.Vector(1, 1, 1)), v.normalized().x + v.getAngle(cq.Vector(0, 1, 0)))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=43.52253881 area=99.84402661
# expect: bbox=-2.5,-3.5,-0.6217505544,2.5,3.5,0.6217505544 center=0,0,0
