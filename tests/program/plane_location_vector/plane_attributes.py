# origin, xDir, yDir and zDir.
import cadquery as cq
p = cq.Workplane("XZ").plane
r = cq.Workplane().box(1, 2, 3).translate(p.xDir + p.yDir * 2 + p.zDir * 3 + p.origin)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=0.5,-4,0.5,1.5,-2,3.5 center=1,-3,2
