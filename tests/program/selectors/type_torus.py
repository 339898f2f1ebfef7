# %TORUS.
import cadquery as cq
r = cq.Workplane().add(cq.Solid.makeTorus(5, 1)).faces("%TORUS")
# expect: status=ok valid=true solids=0 faces=1 edges=2 vertices=1
# expect: volume=0 area=197.392088
# expect: bbox=-6.0000001,-6.0000001,-1.0000001,6.0000001,6.0000001,1.0000001 center=0,0,0
