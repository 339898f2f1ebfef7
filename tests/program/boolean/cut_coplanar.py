# A tool whose face lies in the part's face.
import cadquery as cq
r = cq.Workplane().box(4, 4, 2).cut(cq.Workplane(origin=(0, 0, 0.5)).box(2, 2, 1))
# expect: status=ok valid=true solids=1 faces=11 edges=24 vertices=16
# expect: volume=28 area=72
# expect: bbox=-2,-2,-1,2,2,1 center=0,0,-0.07142857143
