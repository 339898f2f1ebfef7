# Workplane(obj=...) puts the object on the stack.
import cadquery as cq
r = cq.Workplane("XY", obj=cq.Solid.makeBox(1, 2, 3)).edges("|Z").chamfer(0.1)
# expect: status=ok valid=true solids=1 faces=10 edges=24 vertices=16
# expect: volume=5.94 area=21.25705627
# expect: bbox=0,0,0,1,2,3 center=0.5,1,1.5
