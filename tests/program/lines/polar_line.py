# polarLine: distance and angle.
import cadquery as cq
r = cq.Workplane().polarLine(4, 30).polarLine(3, 120).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=5 edges=9 vertices=6
# expect: volume=6 area=24
# expect: bbox=0,0,0,3.464101615,4.598076211,1 center=1.809401077,2.199358737,0.5
