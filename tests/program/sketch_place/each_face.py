# each with a function that gives a face.
import cadquery as cq
r = cq.Sketch().push([(0, 0), (4, 0)]).each(lambda l: cq.Face.makePlane(1, 2).moved(l))
# expect: status=ok valid=true solids=0 faces=2 edges=8 vertices=8
# expect: volume=0 area=4
# expect: bbox=-1,-0.5,0,5,0.5,0 center=2,0,0
