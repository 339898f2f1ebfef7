# A Workplane on a Plane object.
import cadquery as cq
p = cq.Plane(origin=(1, 0, 2), xDir=(0, 1, 0), normal=(1, 0, 0))
r = cq.Workplane(p).rect(4, 2).extrude(3)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=24 area=52
# expect: bbox=1,-2,1,4,2,3 center=2.5,0,2
