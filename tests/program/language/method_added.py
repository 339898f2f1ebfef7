# A method of one's own, as CadQuery's documentation shows.
import cadquery as cq
def knob(self, d):
    return self.circle(d / 2).extrude(1)
cq.Workplane.knob = knob
r = cq.Workplane().box(4, 4, 1).faces(">Z").workplane().knob(2)
# expect: status=ok valid=true solids=1 faces=8 edges=15 vertices=10
# expect: volume=19.14159265 area=54.28318531
# expect: bbox=-2,-2,-0.5,2,2,1.5 center=0,0,0.1641238903
