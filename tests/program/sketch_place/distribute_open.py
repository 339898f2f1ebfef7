# Along a segment, both ends.
import cadquery as cq
r = cq.Sketch().segment((0, 0), (8, 0), tag="line").edges(tag="line").distribute(3).rect(1, 2)
# expect: status=ok valid=true solids=0 faces=3 edges=12 vertices=12
# expect: volume=0 area=6
# expect: bbox=-1,-0.5,0,9,0.5,0 center=4,0,0
