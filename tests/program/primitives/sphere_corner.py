# centered=False moves the sphere into the positive octant.
import cadquery as cq
r = cq.Workplane().sphere(5, centered=(False, True, False))
# expect: status=ok valid=true solids=1 faces=1 edges=1 vertices=2
# expect: volume=523.5987756 area=314.1592654
# expect: bbox=0,-5,0,10,5,10 center=5,0,5
