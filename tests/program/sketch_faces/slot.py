# Slot: length between the centres, and height.
import cadquery as cq
r = cq.Sketch().slot(5, 2, 45)
# expect: status=ok valid=true solids=0 faces=1 edges=4 vertices=4
# expect: volume=0 area=13.14159265
# expect: bbox=-2.767766953,-2.767766953,0,2.767766953,2.767766953,0 center=0,0,0
