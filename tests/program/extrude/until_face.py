# until a face object.
import cadquery as cq
b = cq.Workplane().box(10, 10, 1).union(cq.Workplane().workplane(offset=6).rect(10, 10).extrude(1))
r = b.faces(">Z[-3]").workplane().circle(1).extrude(b.faces(">Z").val())
# expect: status=ok valid=true solids=1 faces=13 edges=27 vertices=18
# expect: volume=217.2787596 area=508.2743339
# expect: bbox=-5,-5,-0.5,5,5,7 center=0,0,3.25
