# An outline with a hole.
import cadquery as cq
r = cq.Workplane().center(6, 0).circle(2).circle(1).revolve(270, (-6, 0), (-6, 1))
# expect: status=ok valid=true solids=1 faces=4 edges=6 vertices=4
# expect: volume=266.4793188 area=551.8081936
# expect: bbox=-8,-2,-8,8,2,8 center=-1.317449251,0,-1.317449251
