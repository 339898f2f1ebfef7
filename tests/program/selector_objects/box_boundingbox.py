# BoxSelector by bounding boxes.
import cadquery as cq
r = cq.Workplane().box(4, 4, 4).faces(cq.selectors.BoxSelector((-3, -3, 1), (3, 3, 3), boundingbox=True))
# expect: status=ok valid=true solids=0 faces=1 edges=4 vertices=4
# expect: volume=0 area=16
# expect: bbox=-2,-2,2,2,2,2 center=0,0,2
