# each with a function of the location.
import cadquery as cq
r = cq.Sketch().push([(0, 0), (4, 0)]).each(lambda l: cq.Sketch().rect(2, 1).circle(0.3, mode="s").moved(l))
# expect: status=ok valid=true solids=0 faces=2 edges=10 vertices=10
# expect: volume=0 area=3.434513322
# expect: bbox=-1,-0.5,0,5,0.5,0 center=2,0,0
