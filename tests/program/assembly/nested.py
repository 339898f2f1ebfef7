# An assembly in an assembly.
import cadquery as cq
inner = cq.Assembly(cq.Workplane().cylinder(2, 1), name="pin")
r = cq.Assembly(cq.Workplane().box(4, 4, 1), name="base").add(inner, loc=cq.Location(cq.Vector(0, 0, 1.5)), name="top")
# expect: status=ok valid=true solids=2 faces=9 edges=15 vertices=10
# expect: volume=22.28318531 area=66.84955592
# expect: bbox=-2,-2,-0.5,2,2,2.5 center=0,0,0.4229547002
