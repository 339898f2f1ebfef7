# normalAt, Center and geomType.
import cadquery as cq
f = cq.Workplane().box(1, 2, 3).faces(">X").val()
n = f.normalAt()
r = cq.Workplane().box(2, 1, 1).translate(n * 5 + f.Center()) if f.geomType() == "PLANE" else None
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=2 area=10
# expect: bbox=4.5,-0.5,-0.5,6.5,0.5,0.5 center=5.5,0,0
