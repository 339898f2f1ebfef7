# Elliptic walls are not merged.
import cadquery as cq
r = cq.Workplane().ellipse(4, 3).extrude(2).union(cq.Workplane(origin=(0, 0, 2)).ellipse(4, 3).extrude(2))
# expect: status=ok valid=true solids=1 faces=4 edges=5 vertices=3
# expect: volume=150.7964474 area=163.8122176
# expect: bbox=-4,-3,0,4,3,4 center=0,0,2
