# circumscribed=True: flat to flat.
import cadquery as cq
r = cq.Workplane().polygon(6, 10, circumscribed=True).extrude(2)
# expect: status=ok valid=true solids=1 faces=8 edges=18 vertices=12
# expect: volume=173.2050808 area=242.4871131
# expect: bbox=-5,-5.773502692,0,5,5.773502692,2 center=0,0,1
