# Cut corners of a triangle.
import cadquery as cq
r = cq.Sketch().regularPolygon(4, 3).vertices(">Y").chamfer(0.5)
# expect: status=ok valid=true solids=0 faces=1 edges=4 vertices=4
# expect: volume=0 area=20.67635652
# expect: bbox=-3.464101615,-2,0,3.464101615,3.566987298,0 center=0,-0.01943102024,0
