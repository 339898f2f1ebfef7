# A corner of a sketch with a hole.
import cadquery as cq
r = cq.Sketch().rect(8, 8).circle(2, mode="s").vertices(">X and >Y").fillet(0.5)
# expect: status=ok valid=false solids=0 faces=1 edges=6 vertices=6
# expect: volume=0 area=51.37997893
# expect: bbox=-4,-4,0,4,4,0 center=-0.004060140637,-0.004060140637,0
