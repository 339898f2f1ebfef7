# wires(tag=...) and offset.
import cadquery as cq
r = cq.Sketch().circle(4, tag="c").wires(tag="c").offset(-1, mode="s")
# expect: status=ok valid=true solids=0 faces=1 edges=2 vertices=2
# expect: volume=0 area=21.99114858
# expect: bbox=-4,-4,0,4,4,0 center=0,0,0
