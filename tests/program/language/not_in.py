# not, in and not in.
import cadquery as cq
r = cq.Workplane().box(2 if "a" in "cab" else 1, 3 if 4 not in [1, 2] else 1, 1 if not 0 else 9)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=-1,-1.5,-0.5,1,1.5,0.5 center=0,0,0
