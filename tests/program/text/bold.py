# kind="bold".
import cadquery as cq
r = cq.Workplane().text("HI", 10, 2, combine=False, kind="bold", font="DejaVu Sans")
# expect: status=ok valid=true solids=2 faces=20 edges=48 vertices=32
# expect: volume=90.10806084 area=205.5572796
# expect: bbox=-5.126953125,-3.461914062,0,5.122070312,3.828125,2 center=-0.0223653891,0.1967722989,1
