# wedge pnt, combine and clean.
import cadquery as cq
r = cq.Workplane().box(4, 4, 4).wedge(2, 2, 2, 0.5, 0.5, 1.5, 1.5, pnt=(0, 0, 2), combine=True, clean=False)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=64 area=96
# expect: bbox=-2,-2,-2,2,2,2 center=0,0,0
