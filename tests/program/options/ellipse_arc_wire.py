# ellipseArc with makeWire.
import cadquery as cq
r = cq.Workplane().ellipseArc(4, 2, 0, 360, startAtCurrent=False, makeWire=True).extrude(1)
# expect: status=ok valid=true solids=1 faces=3 edges=3 vertices=2
# expect: volume=25.13274123 area=69.64300783
# expect: bbox=-4,-2,0,4,2,1 center=0,0,0.5
