# Plane("YZ") is not a constructor with an origin.
import cadquery as cq
r = cq.Workplane(cq.Plane("YZ", origin=(1, 2, 3))).box(1, 1, 1)
# expect: error kind=value line=3
