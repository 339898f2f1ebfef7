# combine=False leaves the letters.
import cadquery as cq
r = cq.Workplane().text("HI", 10, 2, combine=False, font="DejaVu Sans")
# expect: status=ok valid=true solids=2 faces=20 edges=48 vertices=32
# expect: volume=49.09219742 area=159.4242287
# expect: bbox=-4.252929688,-3.461914062,0,4.252929688,3.828125,2 center=0.05871355116,0.2123994127,1
