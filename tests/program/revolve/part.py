# A part turn.
import cadquery as cq
r = cq.Workplane().rect(1, 2, centered=False).revolve(90)
# expect: status=ok valid=true solids=1 faces=5 edges=9 vertices=6
# expect: volume=1.570796327 area=8.71238898
# expect: bbox=0,0,-1,1,2,0 center=0.4244131816,1,-0.4244131816
