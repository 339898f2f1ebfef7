# box with clean off keeps the seam.
import cadquery as cq
r = cq.Workplane().box(1, 1, 1).center(1, 0).box(1, 1, 1, clean=False)
# expect: status=ok valid=true solids=1 faces=10 edges=20 vertices=12
# expect: volume=2 area=10
# expect: bbox=-0.5,-0.5,-0.5,1.5,0.5,0.5 center=0.5,0,0
