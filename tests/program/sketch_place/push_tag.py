# push with a tag.
import cadquery as cq
r = cq.Sketch().rect(9, 9).push([(2, 2), (-2, -2)], tag="p").reset().select("p").circle(1, mode="s")
# expect: status=ok valid=true solids=0 faces=1 edges=6 vertices=6
# expect: volume=0 area=74.71681469
# expect: bbox=-4.5,-4.5,0,4.5,4.5,0 center=0,0,0
