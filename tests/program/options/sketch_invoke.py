# invoke a function of the sketch.
import cadquery as cq
def hole(s):
    return s.circle(0.5, mode="s")
r = cq.Sketch().rect(4, 2).invoke(hole)
# expect: status=ok valid=true solids=0 faces=1 edges=5 vertices=5
# expect: volume=0 area=7.214601837
# expect: bbox=-2,-1,0,2,1,0 center=0,0,0
