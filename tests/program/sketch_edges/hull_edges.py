# The hull of free edges.
import cadquery as cq
r = cq.Sketch().arc((0, 0), 1.0, 0.0, 360.0).arc((1, 1.5), 0.5, 0.0, 360.0).segment((0.0, 2), (-1, 3.0)).hull()
# expect: status=ok valid=true solids=0 faces=1 edges=5 vertices=5
# expect: volume=0 area=7.258175622
# expect: bbox=-1,-1,0,1.5,3,0 center=0.06002755946,0.9017902709,0
