# placeSketch.
import cadquery as cq
s = cq.Sketch().rect(3, 2).vertices().fillet(0.5)
r = cq.Workplane().placeSketch(s).extrude(2)
# expect: status=ok valid=true solids=1 faces=10 edges=24 vertices=16
# expect: volume=11.57079633 area=29.85398163
# expect: bbox=-1.5,-1,0,1.5,1,2 center=0,0,1
