# ProjectedOrigin, the default, keeps the origin over the first plane's.
import cadquery as cq
b = cq.Workplane().polyline([(-1, -1), (6, 0), (0, 3)]).close().extrude(1)
r = b.faces(">Z").workplane(centerOption="ProjectedOrigin").circle(0.2).extrude(1)
# expect: status=ok valid=true solids=1 faces=7 edges=12 vertices=8
# expect: volume=13.62566371 area=46.15901443
# expect: bbox=-1,-1,0,6,3,2 center=1.651295708,0.6605182833,0.5092225751
