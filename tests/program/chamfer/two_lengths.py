# Different lengths to both sides.
import cadquery as cq
r = cq.Workplane().circle(4).extrude(3).edges(">Z").chamfer(0.3, 0.8)
# expect: status=ok valid=true solids=1 faces=4 edges=5 vertices=3
# expect: volume=147.9815804 area=169.6198737
# expect: bbox=-4,-4,0,4,4,3 center=0,0,1.473403533
