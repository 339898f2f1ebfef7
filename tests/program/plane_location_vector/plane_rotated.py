# rotated about its own axes.
import cadquery as cq
p = cq.Plane.XY().rotated((0, 0, 30))
r = cq.Workplane(p).rect(4, 1).extrude(1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=4 area=18
# expect: bbox=-1.982050808,-1.433012702,0,1.982050808,1.433012702,1 center=0,0,0.5
