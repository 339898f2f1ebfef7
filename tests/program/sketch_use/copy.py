# copy leaves the first as it was.
import cadquery as cq
a = cq.Sketch().rect(4, 4)
b = a.copy().circle(1, mode="s")
r = cq.Workplane().placeSketch(a).extrude(1).add(cq.Workplane(origin=(9, 0, 0)).placeSketch(b).extrude(1))
# expect: status=ok valid=true solids=2 faces=13 edges=27 vertices=18
# expect: volume=28.85840735 area=96
# expect: bbox=-2,-2,0,11,2,1 center=4.010119641,0,0.5
