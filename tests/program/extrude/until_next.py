# until="next" stops at the next face.
import cadquery as cq
b = cq.Workplane().box(10, 10, 1).faces(">Z").workplane(offset=5).rect(10, 10).extrude(1)
r = b.faces("<Z").workplane(offset=-1, centerOption="CenterOfMass", invert=True).circle(1).extrude("next")
# expect: status=ok valid=true solids=2 faces=14 edges=27 vertices=18
# expect: volume=203.1415927 area=486.2831853
# expect: bbox=-5,-5,-1.5,5,5,6.5 center=0,0,2.938139844
