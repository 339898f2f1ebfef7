# A box follows the plane's axes.
import cadquery as cq
r = cq.Workplane("YZ", origin=(4, 0, 0)).box(1, 2, 3)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=2.5,-0.5,-1,5.5,0.5,1 center=4,0,0
