# Many outlines at once.
import cadquery as cq
r = cq.Workplane().box(20, 20, 2).rarray(5, 5, 3, 3).circle(1).cutThruAll()
# expect: status=ok valid=true solids=1 faces=15 edges=39 vertices=26
# expect: volume=743.4513322 area=1016.548668
# expect: bbox=-10,-10,-1,10,10,1 center=0,0,0
