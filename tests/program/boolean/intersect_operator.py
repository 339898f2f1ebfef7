# a & b, also written a * b.
import cadquery as cq
r = cq.Workplane().box(4, 4, 2) & cq.Workplane().sphere(2) * cq.Workplane().box(3, 3, 3)
# expect: status=ok valid=true solids=1 faces=10 edges=24 vertices=16
# expect: volume=17.58121782 area=39.44137443
# expect: bbox=-1.5,-1.5,-1,1.5,1.5,1 center=0,0,0
