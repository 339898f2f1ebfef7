# The same across, where it merges.
import cadquery as cq
r = cq.Workplane().box(10, 10, 10).cut(cq.Workplane('YZ').circle(2).extrude(20, both=True))
# expect: status=ok valid=true solids=1 faces=7 edges=15 vertices=10
# expect: volume=874.3362939 area=700.5309649
# expect: bbox=-5,-5,-5,5,5,5 center=0,0,0
