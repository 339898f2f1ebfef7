# A sketch follows its workplane.
import cadquery as cq
r = cq.Workplane("YZ", origin=(5, 1, 0)).sketch().trapezoid(4, 2, 70).finalize().extrude(3)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=19.63235719 area=45.49072858
# expect: bbox=5,-1,-1,8,3,1 center=6.5,1,-0.07415721521
