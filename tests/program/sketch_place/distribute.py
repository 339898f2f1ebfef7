# distribute along edges.
import cadquery as cq
r = cq.Sketch().circle(5, mode="c", tag="ring").edges(tag="ring").distribute(7).rect(1, 0.5)
# expect: status=ok valid=true solids=0 faces=7 edges=28 vertices=28
# expect: volume=0 area=3.5
# expect: bbox=-5.063799708,-5.41773375,0,5.5,5.41773375,0 center=0,0,0
