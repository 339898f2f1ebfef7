# Counterbored hole of limited depth.
import cadquery as cq
r = cq.Workplane().box(8, 8, 4).faces(">Z").workplane().cboreHole(1, 3, 1, 2.5)
# expect: status=ok valid=true solids=1 faces=10 edges=18 vertices=12
# expect: volume=247.7533193 area=270.1371669
# expect: bbox=-4,-4,-2,4,4,2 center=0,0,-0.04398487798
