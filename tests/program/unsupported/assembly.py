# Assemblies are refused.
import cadquery as cq
r = cq.Assembly().add(cq.Workplane().box(1, 1, 1))
# expect: error kind=unsupported line=3 message~="Assembly"
