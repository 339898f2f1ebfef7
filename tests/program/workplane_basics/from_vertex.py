# A workplane on a vertex keeps the plane's direction.
import cadquery as cq
r = cq.Workplane().box(4, 4, 2).faces(">Z").vertices("<XY").workplane(centerOption="CenterOfMass").circle(1).extrude(1)
# expect: status=ok valid=true solids=1 faces=9 edges=18 vertices=11
# expect: volume=35.14159265 area=74.99557429
# expect: bbox=-3,-3,-1,2,2,2 center=-0.1787962592,-0.1787962592,0.1340971944
