# mirrorX adds the half mirrored at the local x axis.
import cadquery as cq
r = cq.Workplane().moveTo(0, 0).lineTo(0, 2).lineTo(5, 1).lineTo(5, 0).mirrorX().extrude(1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=15 area=46.19803903
# expect: bbox=0,-2,0,5,2,1 center=2.222222222,0,0.5
