# until="last" goes to the last face.
import cadquery as cq
b = cq.Workplane().box(10, 10, 1).faces(">Z").workplane(offset=5).rect(10, 10).extrude(1)
r = b.faces(">Z[1]").workplane(centerOption="CenterOfMass").circle(1).extrude("last")
# expect: status=ok valid=true solids=1 faces=13 edges=27 vertices=18
# expect: volume=215.7079633 area=505.1327412
# expect: bbox=-5,-5,-0.5,5,5,6.5 center=0,0,3
