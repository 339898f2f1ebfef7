# Workplane.export is collected like exporters.export.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3).export("part.step").faces(">Z")
# expect: status=ok valid=true solids=0 faces=1 edges=4 vertices=4
# expect: volume=0 area=2
# expect: bbox=-0.5,-1,1.5,0.5,1,1.5 center=0,0,1.5
