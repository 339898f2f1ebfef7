# A groove by combine="cut".
import cadquery as cq
b = cq.Workplane().circle(5).extrude(4)
r = b.copyWorkplane(cq.Workplane("XZ")).moveTo(5, 2).circle(1).revolve(360, (0, 0), (0, 1), combine="cut")
# expect: status=ok valid=true solids=1 faces=5 edges=7 vertices=4
# expect: volume=269.0000336 area=306.0411591
# expect: bbox=-5,-5,0,5,5,4 center=0,0,2
