# A negative taper widens.
import cadquery as cq
r = cq.Workplane().rect(4, 3).extrude(2, taper=-10)
# expect: status=ok valid=true solids=1 faces=10 edges=20 vertices=12
# expect: volume=29.19762452 area=60.00977651
# expect: bbox=-2.352653961,-1.852653961,0,2.352653961,1.852653961,2 center=0,0,1.060825257
