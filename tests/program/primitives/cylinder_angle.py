# A sector of a cylinder.
import cadquery as cq
r = cq.Workplane().cylinder(10, 3, angle=90)
# expect: status=ok valid=true solids=1 faces=5 edges=9 vertices=6
# expect: volume=70.68583471 area=121.2610567
# expect: bbox=0,0,-5,3,3,5 center=1.273239545,1.273239545,0
