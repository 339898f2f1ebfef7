# Curved intersections.
import cadquery as cq
r = cq.Workplane().box(3, 3, 3).union(cq.Workplane(origin=(0.7, 0.4, 1.5)).sphere(1))
# expect: status=ok valid=true solids=1 faces=7 edges=17 vertices=12
# expect: volume=29.15303816 area=57.3679256
# expect: bbox=-1.5,-1.5,-1.5,1.7,1.5,2.5 center=0.05344281808,0.02954118401,0.1373057624
