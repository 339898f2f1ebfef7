# a + b and a | b.
import cadquery as cq
a = cq.Workplane().box(4, 4, 2)
b = cq.Workplane(origin=(2, 1, 1)).box(4, 4, 2)
c = cq.Workplane(origin=(-3, 0, 0)).sphere(1)
r = a + b | c
# expect: status=ok valid=true solids=2 faces=13 edges=31 vertices=23
# expect: volume=62.1887902 area=118.5663706
# expect: bbox=-4,-2,-1,4,3,2 center=0.730575868,0.4663219835,0.4663219835
