# exporters.export does not harm the result.
import cadquery as cq
part = cq.Workplane().box(1, 2, 3)
cq.exporters.export(part, "part.step")
cq.exporters.export(part, "part.stl", tolerance=0.01, angularTolerance=0.1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=-0.5000001,-1.0000001,-1.5000001,0.5000001,1.0000001,1.5000001 center=0,0,0
