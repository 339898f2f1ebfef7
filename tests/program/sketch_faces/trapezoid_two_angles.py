# Two angles and a turn.
import cadquery as cq
r = cq.Sketch().trapezoid(6, 3, 60, 110, angle=15)
# expect: status=ok valid=true solids=0 faces=1 edges=4 vertices=4
# expect: volume=0 area=17.03978984
# expect: bbox=-2.509548911,-2.225345875,0,3.564253659,2.50795316,0 center=0.676417462,0.1520760595,0
