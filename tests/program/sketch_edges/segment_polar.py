# A segment by length and angle.
import cadquery as cq
r = cq.Sketch().segment((0, 0), (4, 0)).segment(3.0, 120).close().assemble()
# expect: status=ok valid=true solids=0 faces=1 edges=3 vertices=3
# expect: volume=0 area=5.196152423
# expect: bbox=0,0,0,4,2.598076211,0 center=2.166666667,0.8660254038,0
