# Along a line.
import cadquery as cq
r = cq.Workplane().circle(1).sweep(cq.Workplane("XZ").lineTo(0, 10))
# expect: status=ok valid=true solids=1 faces=3 edges=3 vertices=2
# expect: volume=31.41592654 area=69.11503838
# expect: bbox=-1,-1,0,1,1,10 center=0,0,5
