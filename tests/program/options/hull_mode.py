# Sketch hull with mode and tag.
import cadquery as cq
r = cq.Sketch().rect(9, 9).push([(0, 0), (3, 1)]).circle(0.5, mode="c", tag="c").reset().edges(tag="c").hull(mode="s", tag="h")
# expect: status=ok valid=true solids=0 faces=1 edges=8 vertices=8
# expect: volume=0 area=77.05232418
# expect: bbox=-4.5,-4.5,0,4.5,4.5,0 center=-0.07685055316,-0.02561685105,0
