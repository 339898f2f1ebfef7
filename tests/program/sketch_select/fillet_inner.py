# Corners of an inner outline.
import cadquery as cq
r = cq.Sketch().rect(8, 8).rect(4, 4, mode="s").reset().vertices("<(1, 1, 0)").fillet(0.5)
# expect: status=ok valid=false solids=0 faces=1 edges=9 vertices=9
# expect: volume=0 area=47.94634954
# expect: bbox=-4,-4,0,4,4,0 center=0.004350903507,0.004350903507,0
