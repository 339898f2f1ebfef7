# start and stop.
import cadquery as cq
r = cq.Sketch().circle(5, mode="c", tag="ring").edges(tag="ring").distribute(3, 0.1, 0.5, rotate=False).rect(1, 0.5)
# expect: status=ok valid=true solids=0 faces=3 edges=12 vertices=12
# expect: volume=0 area=1.5
# expect: bbox=-5.5,-0.25,0,4.545084972,5.005282581,0 center=-0.8333333333,2.564736281,0
