# try, except and finally.
import cadquery as cq
try:
    r = cq.Workplane().box(1, 1, 1).edges("|Z").fillet(9)
except Exception:
    r = cq.Workplane().box(2, 2, 2)
finally:
    r = r.translate((1, 0, 0))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=8 area=24
# expect: bbox=0,-1,-1,2,1,1 center=1,0,0
