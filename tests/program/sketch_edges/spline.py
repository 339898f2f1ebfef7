# A spline between segments.
import cadquery as cq
r = cq.Sketch().segment((0, 0), (4, 0)).spline([(4, 0), (5, 2), (4, 4)]).segment((4, 4), (0, 4)).close().assemble()
# expect: status=ok valid=true solids=0 faces=1 edges=4 vertices=4
# expect: volume=0 area=18.66666667
# expect: bbox=-1e-07,-1e-07,-1e-07,5.0000001,4.0000001,1e-07 center=2.342857143,2,0
