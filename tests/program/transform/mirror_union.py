# union=True keeps both halves.
import cadquery as cq
r = cq.Workplane(origin=(5, 1, 0)).box(10, 2, 3).mirror("YZ", union=True)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=120 area=212
# expect: bbox=-10,0,-1.5,10,2,1.5 center=0,1,0
