# transition="transformed".
import cadquery as cq
r = cq.Workplane().rect(1, 2).sweep(cq.Workplane("XZ").polyline([(0, 0), (0, 5), (5, 10)]), transition="transformed")
# expect: status=ok valid=true solids=1 faces=8 edges=18 vertices=12
# expect: volume=20 area=72.28427125
# expect: bbox=-0.5,-1,0,5.5,1,10 center=1.25,0,5
