# Two numbers, a tuple, nothing.
import cadquery as cq
r = cq.Workplane().box(*(cq.Vector(1, 2) + cq.Vector((0, 0, 3)) + cq.Vector()).toTuple())
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=-0.5,-1,-1.5,0.5,1,1.5 center=0,0,0
