import cadquery as cq
w0=cq.Workplane('YZ',origin=(-91,0,0))
w1=cq.Workplane('ZX',origin=(0,-22,0))
r=w0.sketch().circle(61).push([(4,5)]).rect(6,7,mode='s').finalize().extrude(9).union(w1.sketch().segment((-9,1),(-4,13)).arc((4,-3),(-42,-37)).close().assemble().finalize().extrude(-57)).cut(w1.workplane(offset=4/2).moveTo(86,-30).cylinder(4,14))
