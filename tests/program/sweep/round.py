# transition="round".
import cadquery as cq
r = cq.Workplane().circle(1).sweep(cq.Workplane("XZ").polyline([(0, 0), (0, 5), (5, 10)]), transition="round")
# expect: status=ok valid=true solids=1 faces=5 edges=8 vertices=5
# expect: volume=37.89369198 area=82.0418833
# expect: bbox=-1.0000001,-1.0000001,0,5.707106781,1.0000001,10.70710678 center=1.450290333,0,5.435587892
