# parametricCurve from start to stop with degrees.
import cadquery as cq
r = cq.Workplane().parametricCurve(lambda t: (t, t * t), N=20, start=-1, stop=2, tol=1e-3, minDeg=1, maxDeg=5, makeWire=False).close().extrude(1)
# expect: status=ok valid=true solids=1 faces=4 edges=6 vertices=4
# expect: volume=4.499496765 area=19.36865121
# expect: bbox=-0.9999995795,9.487905408e-05,-1e-07,2.000000076,3.99999985,1.0000001 center=0.4998797434,1.600114342,0.5
