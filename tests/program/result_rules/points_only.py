# Points alone are no shape.
import cadquery as cq
r = cq.Workplane().pushPoints([(0, 0), (1, 1)])
# expect: error kind=value
