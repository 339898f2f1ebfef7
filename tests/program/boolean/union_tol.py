# A fuzzy tolerance closes a small gap.
import cadquery as cq
r = cq.Workplane().box(1, 1, 1).union(cq.Workplane(origin=(1.0005, 0, 0)).box(1, 1, 1), tol=0.001)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=2.0005 area=10.002
# expect: bbox=-0.5,-0.5,-0.5,1.5005,0.5,0.5 center=0.50025,0,0
