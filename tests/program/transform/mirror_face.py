# Mirror at a face of the part.
import cadquery as cq
b = cq.Workplane().polyline([(0, 0), (4, 0), (0, 3)]).close().extrude(2)
r = b.mirror(b.faces("<X"), union=True)
# expect: status=ok valid=true solids=1 faces=5 edges=9 vertices=6
# expect: volume=24 area=60
# expect: bbox=-4,0,0,4,3,2 center=0,1,1
