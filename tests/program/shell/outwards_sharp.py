# kind="intersection": sharp corners.
import cadquery as cq
r = cq.Workplane().box(10, 8, 6).faces(">Z").shell(1, kind="intersection")
# expect: status=ok valid=true solids=1 faces=11 edges=24 vertices=16
# expect: volume=360 area=764
# expect: bbox=-6,-5,-4,6,5,3 center=0,0,-1.166666667
