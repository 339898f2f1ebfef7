# An empty sketch has nothing to extrude.
import cadquery as cq
r = cq.Workplane().sketch().finalize().extrude(1)
# expect: error kind=value line=3
