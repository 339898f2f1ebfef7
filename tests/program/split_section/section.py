# section at the workplane gives faces.
import cadquery as cq
r = cq.Workplane().box(4, 3, 2).section()
# expect: status=ok valid=true solids=0 faces=1 edges=4 vertices=4
# expect: volume=0 area=12
# expect: bbox=-2,-1.5,0,2,1.5,0 center=0,0,0
