# A sphere.
import cadquery as cq
r = cq.Workplane().sphere(5)
# expect: status=ok valid=true solids=1 faces=1 edges=1 vertices=2
# expect: volume=523.5987756 area=314.1592654
# expect: bbox=-5,-5,-5,5,5,5 center=0,0,0
