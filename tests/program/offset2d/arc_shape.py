# Lines and arcs.
import cadquery as cq
r = cq.Workplane().lineTo(4, 0).threePointArc((5, 1.5), (4, 3)).lineTo(0, 3).close().offset2D(0.3).extrude(1)
# expect: status=ok valid=true solids=1 faces=10 edges=24 vertices=16
# expect: volume=18.89723717 area=54.50144685
# expect: bbox=-0.3,-0.3,0,5.3,3.3,1 center=2.346017709,1.5,0.5
