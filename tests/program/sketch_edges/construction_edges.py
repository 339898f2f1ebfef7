# forConstruction edges are left out of the face.
import cadquery as cq
r = cq.Sketch().segment((0, 0), (4, 0)).segment((4, 3)).segment((0, 0)).segment((-5, 0), (-9, 0), forConstruction=True).assemble()
# expect: status=ok valid=true solids=0 faces=1 edges=3 vertices=3
# expect: volume=0 area=6
# expect: bbox=0,0,0,4,3,0 center=2.666666667,1,0
