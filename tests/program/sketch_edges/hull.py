# The convex hull of circles.
import cadquery as cq
r = cq.Sketch().push([(0, 0)]).circle(2).reset().push([(6, 1)]).circle(1).reset().hull()
# expect: status=ok valid=true solids=0 faces=3 edges=8 vertices=6
# expect: volume=0 area=26.34942767
# expect: bbox=-2,-2,0,7,2,0 center=2.055589833,0.3425983056,0
