# clean() removes inner seams.
import cadquery as cq
r = cq.Sketch().rect(2, 2).push([(2, 0)]).rect(2, 2).reset().clean()
# expect: status=ok valid=true solids=0 faces=1 edges=4 vertices=4
# expect: volume=0 area=8
# expect: bbox=-1,-1,0,3,1,0 center=1,0,0
