# center moves the local origin.
import cadquery as cq
r = cq.Workplane().center(3, 4).rect(1, 1).center(2, 0).circle(0.3).extrude(1)
# expect: status=ok valid=true solids=2 faces=9 edges=15 vertices=10
# expect: volume=1.282743339 area=8.45044227
# expect: bbox=2.5,3.5,0,5.3,4.5,1 center=3.44084164,4,0.5
