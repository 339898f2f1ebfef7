# Lists of lists change in place.
import cadquery as cq
m = [[1, 2], [3, 4]]
m[1][0] = 7
r = cq.Workplane().box(*m[0], m[1][0])
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=14 area=46
# expect: bbox=-0.5,-1,-3.5,0.5,1,3.5 center=0,0,0
