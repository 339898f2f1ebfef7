# rotate=False keeps the direction.
import cadquery as cq
r = cq.Workplane().polarArray(10, 0, 360, 6, rotate=False).rect(2, 1).extrude(1)
# expect: status=ok valid=true solids=6 faces=36 edges=72 vertices=48
# expect: volume=12 area=60
# expect: bbox=-11,-9.160254038,0,11,9.160254038,1 center=0,0,0.5
