# An f-string makes a selector.
import cadquery as cq
axis = "Z"
r = cq.Workplane().box(1, 2, 3).faces(f">{axis}").workplane().hole(0.3)
# expect: status=ok valid=true solids=1 faces=7 edges=15 vertices=10
# expect: volume=5.787942496 area=24.68606172
# expect: bbox=-0.5,-1,-1.5,0.5,1,1.5 center=0,0,0
