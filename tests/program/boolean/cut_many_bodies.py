# A tool of several bodies.
import cadquery as cq
r = cq.Workplane().box(8, 4, 2).cut(cq.Workplane().pushPoints([(-2, 0), (2, 0)]).cylinder(5, 1))
# expect: status=ok valid=true solids=1 faces=8 edges=18 vertices=12
# expect: volume=51.43362939 area=124.5663706
# expect: bbox=-4,-2,-1,4,2,1 center=0,0,0
