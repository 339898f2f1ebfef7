# An outline with a hole.
import cadquery as cq
r = cq.Workplane().circle(1).circle(0.6).sweep(cq.Workplane("XZ").lineTo(0, 4).tangentArcPoint((2, 2)))
# expect: status=ok valid=true solids=1 faces=6 edges=10 vertices=6
# expect: volume=14.35902401 area=75.81635865
# expect: bbox=-1.0000001,-1.0000001,0,2.0000001,1.0000001,7.0000001 center=0.2720941114,0,3.487509275
