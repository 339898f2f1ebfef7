# Construction curves are not extruded.
import cadquery as cq
w = cq.Workplane().spline([(0, 0), (1, 2), (3, 0)], forConstruction=True).radiusArc((5, 0), 2, forConstruction=True).tangentArcPoint((1, 1), forConstruction=True)
r = w.bezier([(0, 0), (1, 1), (2, 0)], forConstruction=True).moveTo(0, 0).ellipseArc(2, 1, 0, 90, forConstruction=True).rect(1, 1).extrude(1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=1 area=6
# expect: bbox=-1.360355784,0.2056649477,0,-0.3603557835,1.205664948,1 center=-0.8603557835,0.7056649477,0.5
