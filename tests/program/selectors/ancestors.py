# ancestors: faces around a vertex.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3).vertices(">XY and >Z").ancestors("Face")
# expect: status=ok valid=true solids=0 faces=3 edges=9 vertices=7
# expect: volume=0 area=11
# expect: bbox=-0.5,-1,-1.5,0.5,1,1.5 center=0.2727272727,0.2727272727,0.2727272727
