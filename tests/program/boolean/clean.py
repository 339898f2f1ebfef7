# clean() merges coplanar faces.
import cadquery as cq
r = cq.Workplane().box(1, 1, 1).union(cq.Workplane(origin=(1, 0, 0)).box(1, 1, 1), clean=False).clean()
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=2 area=10
# expect: bbox=-0.5,-0.5,-0.5,1.5,0.5,0.5 center=0.5,0,0
