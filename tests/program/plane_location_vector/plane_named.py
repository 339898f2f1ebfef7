# Plane.named and its class methods.
import cadquery as cq
r = cq.Workplane(cq.Plane.named("XZ", (0, 1, 0))).box(1, 2, 3).add(cq.Workplane(cq.Plane.YZ(origin=(5, 0, 0))).box(1, 2, 3))
# expect: status=ok valid=true solids=2 faces=12 edges=24 vertices=16
# expect: volume=12 area=44
# expect: bbox=-0.5,-0.5,-1,6.5,2.5,1 center=2.5,0.5,0
