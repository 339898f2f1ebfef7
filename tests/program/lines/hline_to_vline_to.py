# hLineTo and vLineTo are absolute in one coordinate.
import cadquery as cq
r = cq.Workplane().moveTo(1, 1).hLineTo(5).vLineTo(4).hLineTo(2).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=10.5 area=34.16227766
# expect: bbox=1,1,0,5,4,1 center=3.238095238,2.428571429,0.5
