# The rim of a cylinder.
import cadquery as cq
r = cq.Workplane().circle(4).extrude(3).faces(">Z").edges().chamfer(0.5)
# expect: status=ok valid=true solids=1 faces=4 edges=5 vertices=3
# expect: volume=147.7857544 area=168.2426566
# expect: bbox=-4,-4,0,4,4,3 center=0,0,1.472874225
