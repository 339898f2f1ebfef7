# placeSketch at every point.
import cadquery as cq
s = cq.Sketch().regularPolygon(1, 6)
r = cq.Workplane().pushPoints([(0, 0), (4, 1)]).placeSketch(s).extrude(2)
# expect: status=ok valid=true solids=2 faces=16 edges=36 vertices=24
# expect: volume=10.39230485 area=34.39230485
# expect: bbox=-0.8660254038,-1,0,4.866025404,2,2 center=2,0.5,1
