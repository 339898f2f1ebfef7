# Along a spline.
import cadquery as cq
r = cq.Workplane().circle(0.5).sweep(cq.Workplane("XZ").spline([(0, 0), (0, 4), (2, 8)], tangents=[(0, 1), (1, 1)]))
# expect: status=ok valid=true solids=1 faces=3 edges=3 vertices=2
# expect: volume=6.716099218 area=28.43482599
# expect: bbox=-0.5812266365,-0.5000001,-1.000000006e-07,2.353553491,0.5000001,8.353553491 center=0.3948227783,0,4.185172848
