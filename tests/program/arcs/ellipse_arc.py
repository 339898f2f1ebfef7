# ellipseArc from a start to an end angle.
import cadquery as cq
r = cq.Workplane().ellipseArc(4, 2, 0, 180, startAtCurrent=False).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=4 edges=6 vertices=4
# expect: volume=12.56637061 area=42.82118945
# expect: bbox=-4,0,0,4,2,1 center=0,0.8488263632,0.5
