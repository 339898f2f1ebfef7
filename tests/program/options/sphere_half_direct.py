# Half a sphere along x.
import cadquery as cq
r = cq.Workplane().sphere(3, direct=(1, 0, 0), angle1=0, angle2=90)
# expect: status=ok valid=true solids=1 faces=2 edges=2 vertices=2
# expect: volume=56.54866776 area=84.82300165
# expect: bbox=0,-3,-3,3,3,3 center=1.125,0,0
