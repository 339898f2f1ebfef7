# A Workplane around a shape.
import cadquery as cq
r = cq.Workplane(cq.Solid.makeBox(1, 2, 3)).faces(">Z").workplane().circle(0.3).extrude(1)
# expect: status=ok valid=true solids=1 faces=9 edges=18 vertices=11
# expect: volume=6.282743339 area=24.3090706
# expect: bbox=-0.3,-0.3,0,1,2,4 center=0.4774984172,0.9549968344,1.590006331
