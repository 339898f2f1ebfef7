# copyWorkplane takes another's plane.
import cadquery as cq
a = cq.Workplane("XZ", origin=(0, 5, 0))
r = cq.Workplane().box(1, 1, 1).copyWorkplane(a).circle(1).extrude(2)
# expect: status=ok valid=true solids=2 faces=9 edges=15 vertices=10
# expect: volume=7.283185307 area=24.84955592
# expect: bbox=-1,-0.5,-1,1,5,1 center=0,3.450789753,0
