# mode="c" keeps geometry by its tag only.
import cadquery as cq
r = cq.Sketch().rect(8, 6, mode="c", tag="frame").vertices(tag="frame").circle(1)
# expect: status=ok valid=true solids=0 faces=4 edges=4 vertices=4
# expect: volume=0 area=12.56637061
# expect: bbox=-5,-4,0,5,4,0 center=0,0,0
