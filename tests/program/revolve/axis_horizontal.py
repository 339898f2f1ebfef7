# About a horizontal axis.
import cadquery as cq
r = cq.Workplane().rect(2, 1).revolve(360, (0, -3), (1, -3))
# expect: status=ok valid=true solids=1 faces=4 edges=6 vertices=4
# expect: volume=37.69911184 area=113.0973355
# expect: bbox=-1,-6.5,-3.5,1,0.5,3.5 center=0,-3,0
