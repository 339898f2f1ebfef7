# invoke a function of the Workplane.
import cadquery as cq
def knob(w):
    return w.faces(">Z").workplane().circle(0.3).extrude(0.5)
r = cq.Workplane().box(1, 2, 3).invoke(knob)
# expect: status=ok valid=true solids=1 faces=8 edges=15 vertices=10
# expect: volume=6.141371669 area=22.9424778
# expect: bbox=-0.5,-1,-1.5,0.5,1,2 center=0,0,0.0402842288
