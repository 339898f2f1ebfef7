# revolve without cleaning.
import cadquery as cq
r = cq.Workplane().box(4, 4, 4).moveTo(2, -1).rect(2, 2, centered=False).revolve(90, (0, 0), (0, 1), clean=False)
# expect: status=ok valid=true solids=1 faces=11 edges=27 vertices=18
# expect: volume=81.13274123 area=125.6991118
# expect: bbox=-2,-2,-4,4,2,2 center=0.4272833155,0,-0.4272833155
