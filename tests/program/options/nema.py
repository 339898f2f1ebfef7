# A motor plate.
import cadquery as cq
r = cq.Workplane().rect(42, 42).extrude(5).edges("|Z").chamfer(4).faces(">Z").workplane().circle(11).cutThruAll().faces(">Z").workplane().rect(31, 31, forConstruction=True).vertices().cboreHole(3, 6, 2)
# expect: status=ok valid=true solids=1 faces=23 edges=51 vertices=34
# expect: volume=6448.318772 area=4049.79197
# expect: bbox=-21,-21,0,21,21,5 center=0,0,2.460537155
