# Half cylinders merge.
import cadquery as cq
r = cq.Workplane().slot2D(10, 3).extrude(2, both=True)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=112.2743339 area=149.8362788
# expect: bbox=-5,-1.5,-2,5,1.5,2 center=0,0,0
