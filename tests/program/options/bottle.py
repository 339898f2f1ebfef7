# The classic bottle.
import cadquery as cq
(L, w, t) = (20.0, 6.0, 3.0)
s = cq.Workplane("XY")
p = s.center(-L / 2.0, 0).vLine(w / 2.0).threePointArc((L / 2.0, w / 2.0 + t), (L, w / 2.0)).vLine(-w / 2.0).mirrorX().extrude(30.0, True)
p = p.faces(">Z").workplane(centerOption="CenterOfMass").circle(3.0).extrude(2.0, True)
r = p.faces(">Z").shell(0.3)
# expect: status=ok valid=true solids=1 faces=35 edges=66 vertices=36
# expect: volume=627.9704694 area=4192.501654
# expect: bbox=-10.3,-6.3000001,-0.3000001,10.3,6.3000001,32 center=0,0,15.05495519
