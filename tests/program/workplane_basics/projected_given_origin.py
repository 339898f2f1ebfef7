# ProjectedOrigin of a given point.
import cadquery as cq
b = cq.Workplane().box(6, 6, 1)
r = b.faces(">Z").workplane(origin=(2, 1, 9)).circle(0.2).extrude(1)
# expect: status=ok valid=true solids=1 faces=8 edges=15 vertices=10
# expect: volume=36.12566371 area=97.25663706
# expect: bbox=-3,-3,-0.5,3,3,1.5 center=0.006957032384,0.003478516192,0.003478516192
