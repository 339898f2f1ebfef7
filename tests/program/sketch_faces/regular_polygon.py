# A regular polygon by its radius.
import cadquery as cq
r = cq.Sketch().regularPolygon(3, 6)
# expect: status=ok valid=true solids=0 faces=1 edges=6 vertices=6
# expect: volume=0 area=23.3826859
# expect: bbox=-2.598076211,-3,0,2.598076211,3,0 center=0,0,0
