# rotateAboutCenter about the shape's centre.
import cadquery as cq
r = cq.Workplane(origin=(5, 0, 0)).box(1, 2, 3).rotateAboutCenter((0, 0, 1), 45)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=3.939339828,-1.060660172,-1.5,6.060660172,1.060660172,1.5 center=5,0,0
