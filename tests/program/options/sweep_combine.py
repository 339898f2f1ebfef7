# sweep combine and clean.
import cadquery as cq
r = cq.Workplane().box(6, 6, 1).circle(1).sweep(cq.Workplane("XZ").lineTo(0, 5), combine=True, clean=False)
# expect: status=ok valid=true solids=1 faces=8 edges=15 vertices=10
# expect: volume=50.13716694 area=124.2743339
# expect: bbox=-3,-3,-0.5,3,3,5 center=0,0,0.7754169503
