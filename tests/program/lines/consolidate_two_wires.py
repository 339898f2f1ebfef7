# Two closed outlines in one workplane.
import cadquery as cq
r = cq.Workplane().lineTo(1, 0).lineTo(1, 1).close().moveTo(3, 0).lineTo(4, 0).lineTo(4, 1).close().extrude(1)
# expect: status=ok valid=true solids=2 faces=10 edges=18 vertices=12
# expect: volume=1 area=8.828427125
# expect: bbox=0,0,0,4,1,1 center=2.166666667,0.3333333333,0.5
