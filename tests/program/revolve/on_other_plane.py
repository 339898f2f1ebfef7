# On the XZ plane.
import cadquery as cq
r = cq.Workplane("XZ").polyline([(0, 0), (3, 0), (1, 4), (0, 4)]).close().revolve(360, (0, 0), (0, 1))
# expect: status=ok valid=true solids=1 faces=3 edges=3 vertices=2
# expect: volume=54.45427266 area=87.61444438
# expect: bbox=-3,-3,0,3,3,4 center=0,0,1.384615385
