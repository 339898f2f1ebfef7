# sphere direct, combine and clean.
import cadquery as cq
r = cq.Workplane().box(4, 4, 4).faces(">Z").workplane().sphere(1, direct=(1, 0, 0), combine="s", clean=False)
# expect: status=ok valid=true solids=1 faces=7 edges=14 vertices=10
# expect: volume=61.9056049 area=99.14159265
# expect: bbox=-2,-2,-2,2,2,2 center=0,0,-0.05497712278
