# From a wide to a narrow rectangle.
import cadquery as cq
r = cq.Workplane().rect(6, 4).workplane(offset=5).rect(2, 1).loft()
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=55 area=94.68705007
# expect: bbox=-3.0000001,-2.0000001,-1e-07,3.0000001,2.0000001,5.0000001 center=0,0,1.666666667
