# Several shown objects count together.
import cadquery as cq
show_object(cq.Workplane().box(1, 1, 1), name="one")
show_object(cq.Workplane(origin=(5, 0, 0)).box(1, 1, 1), options={"color": "red"})
# expect: status=ok valid=true solids=2 faces=12 edges=24 vertices=16
# expect: volume=2 area=12
# expect: bbox=-0.5,-0.5,-0.5,5.5,0.5,0.5 center=2.5,0,0
