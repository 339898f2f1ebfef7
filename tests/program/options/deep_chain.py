# A bracket: many features in one chain.
import cadquery as cq
r = (
    cq.Workplane("XY").box(40, 20, 4)
    .faces(">Z").workplane().center(-14, 0).rect(4, 20).extrude(16)
    .faces("<X").workplane(centerOption="CenterOfMass").circle(3).cutBlind(-4)
    .faces(">Z[0]").workplane(origin=(8, 0, 0)).rarray(12, 10, 2, 2).cskHole(2, 4, 90)
    .edges("|Z and >X").fillet(4)
)
# expect: status=ok valid=true solids=1 faces=24 edges=62 vertices=40
# expect: volume=4297.192843 area=2885.661771
# expect: bbox=-20,-10,-2,20,10,18 center=-4.047127755,0,2.985268477
