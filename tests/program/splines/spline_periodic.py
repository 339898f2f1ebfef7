# periodic=True closes the spline smoothly.
import cadquery as cq
r = cq.Workplane().spline([(0, 0), (4, 1), (5, 4), (1, 3)], periodic=True).wire().extrude(1)
# expect: status=ok valid=true solids=1 faces=3 edges=3 vertices=2
# expect: volume=17.97246918 area=52.11127386
# expect: bbox=-0.5302989482,-0.5581005139,-1e-07,5.10484031,4.337051172,1.0000001 center=2.343556569,1.855194335,0.5
