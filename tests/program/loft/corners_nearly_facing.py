# Four corners and six: those within a tenth of an edge are matched.
import cadquery as cq
r = cq.Workplane().rect(8, 12).workplane(offset=10).polygon(6, 9).loft()
# expect: status=ok valid=true solids=1 faces=8 edges=18 vertices=12
# expect: volume=734.2931927 area=482.9857328
# expect: bbox=-4.5000001,-6.0000001,-1e-07,4.5000001,6.0000001,10.0000001 center=0,0,4.507588191
