import cadquery as cq

# A plate with four holes and a boss, in the dialect of CAD-Recode: sketches and extrusions.
w0 = cq.Workplane("XY", origin=(0, 0, 0))
r = w0.sketch().rect(120, 80).push([(-50, -30), (50, -30), (-50, 30), (50, 30)]).circle(3, mode="s").finalize().extrude(10).union(w0.workplane(offset=10).circle(20).extrude(25))
