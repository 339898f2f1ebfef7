# line with relative steps.
import cadquery as cq
r = cq.Workplane().moveTo(1, 1).line(4, 0).line(0, 3).line(-2, 1).close().extrude(2)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=22 area=49.41640786
# expect: bbox=1,1,0,5,5,2 center=3.363636364,2.606060606,1
