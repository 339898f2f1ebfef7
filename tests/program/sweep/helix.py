# A thread-like sweep.
import cadquery as cq
path = cq.Wire.makeHelix(2, 4, 5)
r = cq.Workplane("XZ", origin=(5, 0, 0)).rect(0.5, 0.5).sweep(cq.Workplane(path), isFrenet=True)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=15.70798134 area=126.2911723
# expect: bbox=-5.249994466,-5.250029847,-0.2500001,5.250000124,5.250029848,4.250000124 center=7.575424607e-06,0,2
