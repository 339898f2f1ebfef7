# and and or give operands; True counts as 1.
import cadquery as cq
r = cq.Workplane().box(0 or 2, 3 and 4, True + True)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=16 area=40
# expect: bbox=-1,-2,-1,1,2,1 center=0,0,0
