# Two equal cylinders that cross.
import cadquery as cq
r = cq.Workplane("XY").cylinder(10, 2).union(cq.Workplane("YZ").cylinder(10, 1.5))
# expect: status=ok valid=true solids=1 faces=7 edges=12 vertices=8
# expect: volume=170.2355532 area=212.0992443
# expect: bbox=-5.0000001,-2.0000001,-5.0000001,5.0000001,2.0000001,5.0000001 center=2.059886627e-06,-5.493470551e-06,-2.499439385e-06
