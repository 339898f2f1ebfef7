# hLine and vLine are relative.
import cadquery as cq
r = cq.Workplane().hLine(4).vLine(3).hLine(-2).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=9 area=30.60555128
# expect: bbox=0,0,0,4,3,1 center=2.444444444,1.333333333,0.5
