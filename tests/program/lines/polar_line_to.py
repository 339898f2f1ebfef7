# polarLineTo: absolute distance and angle.
import cadquery as cq
r = cq.Workplane().moveTo(1, 0).polarLineTo(4, 30).polarLineTo(3, 120).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=5 edges=9 vertices=6
# expect: volume=5.700961894 area=23.18108449
# expect: bbox=-1.5,0,0,3.464101615,2.598076211,1 center=0.9880338717,1.53269207,0.5
