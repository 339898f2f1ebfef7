# Tangents at the ends.
import cadquery as cq
r = cq.Sketch().spline([(0, 0), (2, 2), (4, 0)], [(0, 1), (0, -1)], False).close().assemble()
# expect: status=ok valid=true solids=0 faces=1 edges=2 vertices=2
# expect: volume=0 area=6.999646657
# expect: bbox=-1e-07,-1.00000004e-07,-1e-07,4.0000001,2.0000001,1e-07 center=2,0.9115096814,0
