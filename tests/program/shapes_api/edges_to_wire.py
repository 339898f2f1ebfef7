# Edges assembled to a wire and a face.
import cadquery as cq
e = [cq.Edge.makeLine((0, 0, 0), (4, 0, 0)), cq.Edge.makeThreePointArc((4, 0, 0), (2, 2, 0), (0, 0, 0))]
r = cq.Face.makeFromWires(cq.Wire.assembleEdges(e))
# expect: status=ok valid=true solids=0 faces=1 edges=2 vertices=2
# expect: volume=0 area=6.283185307
# expect: bbox=0,0,0,4,2,0 center=2,0.8488263632,0
