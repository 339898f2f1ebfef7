# A sketch without faces gives its edges.
import cadquery as cq
r = cq.Sketch().segment((0, 0), (4, 0)).segment((4, 3))
# expect: status=ok valid=true solids=0 faces=0 edges=2 vertices=4
# expect: volume=0 area=0
# expect: bbox=0,0,0,4,3,0 center=2.857142857,0.6428571429,0
