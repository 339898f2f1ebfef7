# A bezier.
import cadquery as cq
r = cq.Sketch().bezier([(0, 0), (1, 3), (4, 3), (5, 0)]).close().assemble()
# expect: status=ok valid=true solids=0 faces=1 edges=2 vertices=2
# expect: volume=0 area=8.1
# expect: bbox=-1e-07,-1e-07,-1e-07,5.0000001,2.2500001,1e-07 center=2.5,0.9285714286,0
