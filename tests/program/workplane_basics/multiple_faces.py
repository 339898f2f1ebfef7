# Coplanar faces give one workplane in their middle.
import cadquery as cq
b = cq.Workplane().pushPoints([(0, 0), (5, 0)]).box(1, 1, 1)
r = b.faces(">Z").workplane(centerOption="CenterOfMass").circle(0.2).extrude(1)
# expect: status=ok valid=true solids=3 faces=15 edges=27 vertices=18
# expect: volume=2.125663706 area=13.50796447
# expect: bbox=-0.5,-0.5,-0.5,5.5,0.5,1.5 center=2.5,0,0.05911739744
