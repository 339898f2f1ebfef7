# a + b and a | b.
import cadquery as cq
a = cq.Workplane().box(4, 4, 2)
b = cq.Workplane(origin=(2, 1, 1)).box(4, 4, 2)
c = cq.Workplane(origin=(-2, 0, 0.25)).sphere(0.5)
r = a + b | c
# expect: status=ok valid=true solids=1 faces=13 edges=32 vertices=22
# expect: volume=58.26179939 area=106.7853982
# expect: bbox=-2.5,-2,-1,4,3,2 center=0.9856769692,0.4977532501,0.498876625
