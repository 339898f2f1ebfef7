# The style of CAD-Recode programs.
import cadquery as cq
w0 = cq.Workplane('ZX', origin=(0, -22, 0))
w1 = cq.Workplane('YZ', origin=(43, 0, 0))
r = w0.sketch().arc((52, -67), (65, -46), (52, -26)).close().assemble().finalize().extrude(122).union(w1.sketch().segment((-100, -32), (-85, -32)).arc((-40, -65), (4, -32)).segment((19, -32)).segment((19, -5)).segment((4, -5)).arc((-40, 28), (-85, -5)).segment((-100, -5)).close().assemble().finalize().extrude(24))
# expect: status=ok valid=true solids=2 faces=14 edges=30 vertices=20
# expect: volume=227433.009 area=35514.76845
# expect: bbox=-67,-100,-65.00268809,67,100,65.00551715 center=34.16639321,-24.18205182,-2.929994938
