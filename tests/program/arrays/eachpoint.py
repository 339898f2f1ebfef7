# eachpoint with a shape, local coordinates.
import cadquery as cq
s = cq.Solid.makeCylinder(1, 3)
r = cq.Workplane("XZ").pushPoints([(0, 0), (5, 0)]).eachpoint(s)
# expect: status=ok valid=true solids=2 faces=6 edges=6 vertices=4
# expect: volume=18.84955592 area=50.26548246
# expect: bbox=-1,-3,-1,6,0,1 center=2.5,-1.5,0
