# Star arguments of a method.
import cadquery as cq
args = (1, 2)
opts = {"height": 3, "centered": False}
r = cq.Workplane().box(*args, **opts)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=0,0,0,1,2,3 center=0.5,1,1.5
