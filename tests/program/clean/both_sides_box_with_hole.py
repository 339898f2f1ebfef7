# The walls merge, and so does the hole.
import cadquery as cq
r = cq.Workplane().rect(8, 8).circle(2).extrude(2, both=True)
# expect: status=ok valid=true solids=1 faces=7 edges=15 vertices=10
# expect: volume=205.7345175 area=281.1327412
# expect: bbox=-4,-4,-2,4,4,2 center=0,0,0
