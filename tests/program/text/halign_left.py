# halign and valign.
import cadquery as cq
r = cq.Workplane().text("HI", 10, 2, combine=False, halign="left", valign="bottom", font="DejaVu Sans")
# expect: status=ok valid=true solids=2 faces=20 edges=48 vertices=32
# expect: volume=49.09219742 area=159.4242287
# expect: bbox=0.9814453125,0,0,9.487304688,7.290039062,2 center=5.293088551,3.674313475,1
