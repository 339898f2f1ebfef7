# is None.
import cadquery as cq
v = None
r = cq.Workplane().box(2 if v is None else 1, 3 if v is not None else 1, 1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=2 area=10
# expect: bbox=-1,-0.5,-0.5,1,0.5,0.5 center=0,0,0
