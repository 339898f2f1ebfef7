# A mirrored outline used as a cut.
import cadquery as cq
r = cq.Workplane().box(12, 12, 2).faces(">Z").workplane().moveTo(-4, 0).lineTo(-4, 2).threePointArc((0, 4), (4, 2)).lineTo(4, 0).mirrorX().cutThruAll()
# expect: status=ok valid=true solids=1 faces=10 edges=24 vertices=16
# expect: volume=179.2704782 area=328.3622869
# expect: bbox=-6,-6,-1,6,6,1 center=0,0,0
