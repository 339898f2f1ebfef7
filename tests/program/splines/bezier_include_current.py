# includeCurrent starts at the current point.
import cadquery as cq
r = cq.Workplane().moveTo(-1, 0).bezier([(1, 3), (4, 3), (5, 0)], includeCurrent=True).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=4 edges=6 vertices=4
# expect: volume=9.45 area=32.82716827
# expect: bbox=-1.0000001,-1e-07,-1e-07,5.0000001,2.2500001,1.0000001 center=2.153061224,0.9183673469,0.5
