# Spheres at points stay apart.
import cadquery as cq
r = cq.Workplane().pushPoints([(-8, 0), (8, 0)]).sphere(2.5)
# expect: status=ok valid=true solids=2 faces=2 edges=2 vertices=4
# expect: volume=130.8996939 area=157.0796327
# expect: bbox=-10.5,-2.5,-2.5,10.5,2.5,2.5 center=0,0,0
