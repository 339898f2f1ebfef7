# eachpoint with a function of the location.
import cadquery as cq
r = cq.Workplane().pushPoints([(0, 0), (5, 0)]).eachpoint(lambda loc: cq.Solid.makeBox(1, 2, 3).moved(loc))
# expect: status=ok valid=true solids=2 faces=12 edges=24 vertices=16
# expect: volume=12 area=44
# expect: bbox=0,0,0,6,2,3 center=3,1,1.5
