# front, back, left, right, top, bottom.
import cadquery as cq
r = cq.Workplane()
for i, name in enumerate(["front", "back", "left", "right", "top", "bottom"]):
    r = r.add(cq.Workplane(name, origin=(10 * i, 0, 0)).rect(3, 2, centered=False).extrude(1))
# expect: status=ok valid=true solids=6 faces=36 edges=72 vertices=48
# expect: volume=36 area=132
# expect: bbox=0,-1,-3,53,2,3 center=25.5,0.6666666667,0
