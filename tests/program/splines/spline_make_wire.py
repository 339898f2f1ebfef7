# makeWire=True gives a wire.
import cadquery as cq
r = cq.Workplane().spline([(0, 0), (1, 2), (6, 0)], makeWire=True)
# expect: status=ok valid=true solids=0 faces=0 edges=1 vertices=2
# expect: volume=0 area=0
# expect: bbox=-1e-07,-1e-07,-1e-07,6.0000001,2.411773258,1e-07 center=2.731788692,1.450787505,0
