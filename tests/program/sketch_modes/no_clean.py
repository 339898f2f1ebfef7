# Without clean the seam stays.
import cadquery as cq
r = cq.Sketch().rect(2, 2).push([(2, 0)]).rect(2, 2)
# expect: status=ok valid=true solids=0 faces=2 edges=7 vertices=6
# expect: volume=0 area=8
# expect: bbox=-1,-1,0,3,1,0 center=1,0,0
