# parray over a part includes both ends.
import cadquery as cq
r = cq.Sketch().parray(5, 20, 100, 4).rect(2, 1)
# expect: status=ok valid=true solids=0 faces=4 edges=16 vertices=16
# expect: volume=0 area=8
# expect: bbox=-3.433012702,0.8982342629,0,5.809165796,6.018921364,0 center=1.368745052,3.760596123,0
