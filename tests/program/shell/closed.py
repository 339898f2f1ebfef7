# Without a face the inside is hollow.
import cadquery as cq
r = cq.Workplane().box(10, 8, 6).shell(-1)
# expect: status=ok valid=true solids=1 faces=12 edges=24 vertices=16
# expect: volume=288 area=584
# expect: bbox=-5,-4,-3,5,4,3 center=0,0,0
