# makeSolid=False leaves a shell.
import cadquery as cq
r = cq.Workplane().rect(2, 1).sweep(cq.Workplane("XZ").lineTo(0, 4), makeSolid=False)
# expect: status=ok valid=true solids=0 faces=4 edges=12 vertices=8
# expect: volume=0 area=24
# expect: bbox=-1,-0.5,0,1,0.5,4 center=0,0,2
