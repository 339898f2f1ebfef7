# A sketch revolved.
import cadquery as cq
r = cq.Workplane("XZ").sketch().push([(5, 0)]).circle(1).reset().finalize().revolve(180, (0, 0, 0), (0, 1, 0))
# expect: status=ok valid=true solids=1 faces=3 edges=3 vertices=2
# expect: volume=49.34802201 area=104.9792293
# expect: bbox=-6,0,-1.0000001,6,6,1.0000001 center=0,3.21492985,0
