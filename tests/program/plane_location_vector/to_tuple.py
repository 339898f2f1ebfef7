# toTuple of a Location.
import cadquery as cq
t, a = cq.Location(cq.Vector(1, 2, 3), cq.Vector(0, 0, 1), 30).toTuple()
r = cq.Workplane().box(t[0], t[1], t[2] + a[2])
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=66 area=202
# expect: bbox=-0.5,-1,-16.5,0.5,1,16.5 center=0,0,0
