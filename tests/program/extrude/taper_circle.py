# A tapered circle is a cone.
import cadquery as cq
r = cq.Workplane().circle(4).extrude(3, taper=15)
# expect: status=ok valid=true solids=1 faces=3 edges=3 vertices=2
# expect: volume=122.5221135 area=152.5727224
# expect: bbox=-4,-4,0,4,4,3 center=0,0,1.388757506
