# Construction outlines serve as places.
import cadquery as cq
w = cq.Workplane().polygon(5, 10, forConstruction=True).vertices().circle(1).extrude(1)
r = w.add(cq.Workplane(origin=(0, 0, 5)).circle(4, forConstruction=True).rect(1, 1).extrude(1)).add(cq.Workplane(origin=(0, 0, 9)).ellipse(4, 2, forConstruction=True).polyline([(0, 0), (1, 1)], forConstruction=True).rect(1, 2).extrude(1))
# expect: status=ok valid=true solids=7 faces=27 edges=39 vertices=26
# expect: volume=18.70796327 area=78.83185307
# expect: bbox=-5.045084972,-5.755282581,0,6,5.755282581,10 center=0.05345317316,0.05345317316,1.729422983
