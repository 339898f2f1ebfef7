# vals and iteration of a sketch.
import cadquery as cq
s = cq.Sketch().push([(0, 0), (6, 0)]).rect(4, 2).reset().faces()
r = cq.Compound.makeCompound(s.vals())
# expect: status=ok valid=true solids=0 faces=2 edges=8 vertices=8
# expect: volume=0 area=16
# expect: bbox=-2,-1,0,8,1,0 center=3,0,0
