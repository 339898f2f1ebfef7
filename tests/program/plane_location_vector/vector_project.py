# projectToPlane and signed angles.
import cadquery as cq
p = cq.Vector(1, 2, 3).projectToPlane(cq.Plane.XY())
r = cq.Workplane().box(p.x, p.y, 1 + p.z)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=2 area=10
# expect: bbox=-0.5,-1,-0.5,0.5,1,0.5 center=0,0,0
