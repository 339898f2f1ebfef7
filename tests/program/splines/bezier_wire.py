# A closed bezier made a wire.
import cadquery as cq
r = cq.Workplane().bezier([(0, 0), (1, 3), (4, 3), (5, 0), (0, 0)], makeWire=True).extrude(1)
# expect: status=ok valid=true solids=1 faces=3 edges=3 vertices=2
# expect: volume=4.457142857 area=17.41323695
# expect: bbox=-1.000000044e-07,-1e-07,-1e-07,3.28211287,2.088457368,1.0000001 center=1.743589744,1.018648019,0.5
