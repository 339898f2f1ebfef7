# rarray: spacing and counts, centred.
import cadquery as cq
r = cq.Workplane().rarray(3, 4, 3, 2).rect(1, 2).extrude(1)
# expect: status=ok valid=true solids=6 faces=36 edges=72 vertices=48
# expect: volume=12 area=60
# expect: bbox=-3.5,-3,0,3.5,3,1 center=0,0,0.5
