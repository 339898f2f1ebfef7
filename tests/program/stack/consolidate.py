# Separate edges become one wire when extruded.
import cadquery as cq
r = cq.Workplane().moveTo(0, 0).lineTo(2, 0).lineTo(2, 2).lineTo(0, 0).consolidateWires().extrude(1)
# expect: status=ok valid=true solids=1 faces=5 edges=9 vertices=6
# expect: volume=2 area=10.82842712
# expect: bbox=0,0,0,2,2,1 center=1.333333333,0.6666666667,0.5
