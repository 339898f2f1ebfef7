# A face with a hole extruded to both sides.
import cadquery as cq
r = cq.Workplane().circle(3).rect(2, 2).extrude(2, both=True)
# expect: status=ok valid=true solids=1 faces=12 edges=25 vertices=15
# expect: volume=97.09733553 area=155.9468915
# expect: bbox=-3,-3,-2,3,3,2 center=0,0,0
