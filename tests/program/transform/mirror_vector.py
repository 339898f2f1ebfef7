# A normal vector instead of a name.
import cadquery as cq
r = cq.Workplane(origin=(5, 1, 0)).box(1, 2, 3).mirror(mirrorPlane=(1, 1, 0), basePointVector=(0, 0, 0))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=-2,-5.5,-1.5,0,-4.5,1.5 center=-1,-5,0
