# Countersinks on a circle.
import cadquery as cq
r = cq.Workplane().circle(10).extrude(3).faces(">Z").workplane().polarArray(6, 0, 360, 5).cskHole(1, 2, 90)
# expect: status=ok valid=true solids=1 faces=13 edges=28 vertices=17
# expect: volume=928.0788297 area=853.109855
# expect: bbox=-10,-10,0,10,10,3 center=0,0,1.49620945
