# both=True extrudes to each side.
import cadquery as cq
r = cq.Workplane().rect(2, 1).extrude(3, both=True)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=12 area=40
# expect: bbox=-1,-0.5,-3,1,0.5,3 center=0,0,0
