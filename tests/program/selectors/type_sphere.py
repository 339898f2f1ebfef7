# %SPHERE.
import cadquery as cq
r = cq.Workplane().sphere(2).faces("%SPHERE")
# expect: status=ok valid=true solids=0 faces=1 edges=1 vertices=2
# expect: volume=0 area=50.26548246
# expect: bbox=-2,-2,-2,2,2,2 center=0,0,0
