# mirror with a base point.
import cadquery as cq
r = cq.Workplane(origin=(5, 1, 0)).box(1, 2, 3).mirror("YZ", (2, 0, 0))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=-1.5,0,-1.5,-0.5,2,1.5 center=-1,1,0
