# An inner corner.
import cadquery as cq
r = cq.Workplane().polyline([(0, 0), (4, 0), (4, 1), (1, 1), (1, 4), (0, 4)]).close().extrude(2).edges("|Z").edges(cq.NearestToPointSelector((1, 1, 1))).fillet(0.5)
# expect: status=ok valid=true solids=1 faces=9 edges=21 vertices=14
# expect: volume=14.10730092 area=45.67809725
# expect: bbox=0,0,0,4,4,2 center=1.355275883,1.355275883,1
