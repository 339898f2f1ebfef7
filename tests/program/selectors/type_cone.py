# %CONE.
import cadquery as cq
r = cq.Workplane().add(cq.Solid.makeCone(3, 1, 4)).faces("%CONE")
# expect: status=ok valid=true solids=0 faces=1 edges=3 vertices=2
# expect: volume=0 area=56.19851785
# expect: bbox=-3,-3,0,3,3,4 center=0,0,1.666666667
