# The same with straight walls between sections.
import cadquery as cq
r = cq.Workplane().polygon(6, 9).workplane(offset=10).circle(4).workplane(offset=10).rect(8, 12).loft(ruled=True)
# expect: status=ok valid=true solids=1 faces=14 edges=30 vertices=18
# expect: volume=1238.328217 area=731.4769551
# expect: bbox=-4.5000001,-6.0000001,-1e-07,4.5000001,6.0000001,20.0000001 center=0,0,11.13563747
