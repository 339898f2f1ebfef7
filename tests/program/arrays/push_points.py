# pushPoints: one feature per point.
import cadquery as cq
r = cq.Workplane().rect(10, 10).extrude(1).faces(">Z").workplane().pushPoints([(2, 3), (-3, 1)]).circle(1).extrude(2)
# expect: status=ok valid=true solids=1 faces=10 edges=18 vertices=12
# expect: volume=112.5663706 area=265.1327412
# expect: bbox=-5,-5,0,5,5,3 center=-0.05581760585,0.2232704234,0.6674528176
