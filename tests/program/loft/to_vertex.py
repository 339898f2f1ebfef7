# A loft from a face to a point.
import cadquery as cq
f = cq.Face.makePlane(4, 4)
r = cq.Workplane().add(f).add(cq.Vertex.makeVertex(0, 0, 3)).loft(ruled=True)
# expect: status=ok valid=true solids=1 faces=5 edges=8 vertices=5
# expect: volume=16 area=44.8444102
# expect: bbox=-2.0000001,-2.0000001,-1e-07,2.0000001,2.0000001,3.0000001 center=0,0,0.75
