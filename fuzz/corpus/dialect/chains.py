import cadquery as cq
h = 12.5
plate = cq.Workplane("XY").rect(40, 2 * h).extrude(5, both=True).pushPoints([(1, 2), (-8, 4)]).hole(3)
bar = cq.Workplane(cq.Plane((1, 2, 3), (0, 1, 0), (0.6, 0, 0.8))).polyline([(0, 0), (9, 0), (5, 7)]).close().extrude(-6)
slot = cq.Workplane("XZ").moveTo(0, 0).lineTo(4, 0).threePointArc((5, 1), (4, 2)).lineTo(0, 2).close().extrude(30)
result = plate.cut(bar) + slot
