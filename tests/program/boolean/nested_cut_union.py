# Cuts and unions mixed.
import cadquery as cq
a = cq.Workplane().box(10, 10, 2).cut(cq.Workplane().rarray(4, 4, 2, 2).circle(1).extrude(5, both=True))
r = a.union(cq.Workplane(origin=(0, 0, 1)).circle(1.5).extrude(4)).cut(cq.Workplane().circle(0.5).extrude(9))
# expect: status=ok valid=true solids=1 faces=18 edges=38 vertices=24
# expect: volume=199.2146018 area=358.5398163
# expect: bbox=-5,-5,-1,5,5,5 center=0,0,0.3765061593
