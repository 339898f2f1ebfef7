# mirrorY adds the half mirrored at the local y axis.
import cadquery as cq
r = cq.Workplane().moveTo(0, 0).lineTo(2, 0).lineTo(3, 4).lineTo(0, 5).mirrorY().extrude(1)
# expect: status=ok valid=true solids=1 faces=7 edges=15 vertices=10
# expect: volume=23 area=64.57076657
# expect: bbox=-3,0,0,3,5,1 center=0,2.420289855,0.5
