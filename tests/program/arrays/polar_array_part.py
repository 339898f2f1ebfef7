# Less than a full circle includes both ends with fill.
import cadquery as cq
r = cq.Workplane().polarArray(10, 30, 90, 4).rect(2, 1).extrude(1)
# expect: status=ok valid=true solids=4 faces=24 edges=48 vertices=32
# expect: volume=8 area=40
# expect: bbox=-5.933012702,4.066987298,0,9.776279442,11,1 center=2.165063509,8.080127019,0.5
