# Circle in circle: a tube.
import cadquery as cq
r = cq.Workplane().circle(3).circle(2).extrude(2)
# expect: status=ok valid=true solids=1 faces=4 edges=6 vertices=4
# expect: volume=31.41592654 area=94.24777961
# expect: bbox=-3,-3,0,3,3,2 center=0,0,1
