# A grid of slots through a shelled box.
import cadquery as cq
r = cq.Workplane().box(40, 30, 10).faces("<Z").shell(-2).faces(">Z").workplane().rarray(6, 1, 5, 1).slot2D(20, 3, 90).cutThruAll()
# expect: status=ok valid=true solids=1 faces=31 edges=84 vertices=56
# expect: volume=3931.314165 area=4645.561945
# expect: bbox=-20,-15,-5,20,15,5 center=0,0,1.313875321
