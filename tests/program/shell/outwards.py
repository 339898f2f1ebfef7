# Positive thickness goes outwards, round corners.
import cadquery as cq
r = cq.Workplane().box(10, 8, 6).faces(">Z").shell(1)
# expect: status=ok valid=true solids=1 faces=23 edges=48 vertices=28
# expect: volume=345.2182849 area=731.6725576
# expect: bbox=-6,-5,-4,6,5,3 center=0,0,-1.112025643
