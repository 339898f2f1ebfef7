# useLocalCoordinates=True turns with the plane.
import cadquery as cq
r = cq.Workplane("YZ").pushPoints([(0, 0), (5, 0)]).eachpoint(lambda loc: cq.Solid.makeBox(1, 2, 3).located(loc), useLocalCoordinates=True)
# expect: status=ok valid=true solids=2 faces=12 edges=24 vertices=16
# expect: volume=12 area=44
# expect: bbox=0,0,0,3,6,2 center=1.5,3,1
