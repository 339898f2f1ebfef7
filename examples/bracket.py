import cadquery as cq

# A motor bracket: base plate with four holes, upright with a bore, two ribs.
width, depth, height, thick = 80, 60, 50, 8

base = cq.Workplane("XY").box(width, depth, thick, centered=(True, True, False))
base = base.faces(">Z").workplane().rect(60, 40, forConstruction=True).vertices().hole(6.5)
upright = (
    cq.Workplane("XZ", origin=(0, depth / 2, thick))
    .moveTo(-25, 0).lineTo(25, 0).lineTo(25, 25).threePointArc((0, height), (-25, 25)).close()
    .extrude(thick)
)
upright = upright.cut(cq.Workplane("XZ", origin=(0, depth / 2, 33)).circle(11).extrude(thick))
ribs = (
    cq.Workplane("YZ", origin=(-22, 0, 0)).pushPoints([(0, 0)])
    .polyline([(depth / 2 - thick, thick), (0, thick), (depth / 2 - thick, 30)]).close().extrude(6)
)
ribs = ribs.union(ribs.mirror("YZ"))
r = base.union(upright).union(ribs)
