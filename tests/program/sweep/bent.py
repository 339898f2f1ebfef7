# Along a polyline: sharp bends by default.
import cadquery as cq
r = cq.Workplane().circle(1).sweep(cq.Workplane("XZ").polyline([(0, 0), (0, 5), (5, 10)]))
# expect: status=ok valid=true solids=1 faces=4 edges=8 vertices=6
# expect: volume=37.92237796 area=82.12794122
# expect: bbox=-1,-1,0,5.707106781,1,10.70710678 center=1.44856512,0,5.435518587
