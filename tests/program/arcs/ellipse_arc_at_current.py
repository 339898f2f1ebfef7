# The arc starts at the current point.
import cadquery as cq
r = cq.Workplane().moveTo(1, 1).ellipseArc(4, 2, 0, 90, rotation_angle=20).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=4 edges=6 vertices=4
# expect: volume=2.283185307 area=13.88273068
# expect: bbox=-3.44281077,1,0,1,1.956512583,1 center=-0.9631911891,1.528372775,0.5
