# del removes a name.
import cadquery as cq
r = cq.Workplane().box(1, 1, 1)
solid = 3
del solid
x = solid
# expect: error kind=value line=6
