# An assembly counts with all its parts at their places.
import cadquery as cq
a = cq.Assembly().add(cq.Workplane().box(1, 1, 1), name="a")
r = a.add(cq.Workplane().box(2, 1, 1), name="b", loc=cq.Location(cq.Vector(0, 0, 3)), color=cq.Color("red"))
# expect: status=ok valid=true solids=2 faces=12 edges=24 vertices=16
# expect: volume=3 area=16
# expect: bbox=-1,-0.5,-0.5,1,0.5,3.5 center=0,0,2
