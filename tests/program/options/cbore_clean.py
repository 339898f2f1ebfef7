# Counterbores and countersinks without cleaning.
import cadquery as cq
r = cq.Workplane().box(9, 9, 4).faces(">Z").workplane().center(-2, 0).cboreHole(1, 2, 1, clean=False).center(4, 0).cskHole(1, 2, 90, clean=False)
# expect: status=ok valid=true solids=1 faces=11 edges=23 vertices=15
# expect: volume=314.8370214 area=330.5379126
# expect: bbox=-4.5,-4.5,-2,4.5,4.5,2 center=0.0116415516,0,-0.01429208343
