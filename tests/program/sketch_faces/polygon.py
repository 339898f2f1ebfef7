# A polygon repeats its first point.
import cadquery as cq
r = cq.Sketch().polygon([(0, 0), (4, 0), (4, 3), (1, 2), (0, 0)])
# expect: status=ok valid=true solids=0 faces=1 edges=4 vertices=4
# expect: volume=0 area=8.5
# expect: bbox=0,0,0,4,3,0 center=2.37254902,1.196078431,0
