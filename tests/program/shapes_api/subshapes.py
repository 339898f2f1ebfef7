# Faces(), Edges(), Vertices() lists.
import cadquery as cq
s = cq.Solid.makeBox(1, 2, 3)
r = cq.Workplane().box(len(s.Faces()), len(s.Edges()), len(s.Vertices()))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=576 area=432
# expect: bbox=-3,-6,-4,3,6,4 center=0,0,0
