# Revolve, polar cut, fillet.
import cadquery as cq
b = cq.Workplane("XZ").polyline([(0, 0), (10, 0), (10, 8), (6, 12), (0, 12)]).close().revolve()
r = b.faces("<Z").workplane().polarArray(11, 0, 360, 12).circle(2).cutThruAll().faces(">Z").edges().fillet(0.5)
# expect: status=ok valid=true solids=1 faces=28 edges=77 vertices=51
# expect: volume=3102.51856 area=1230.729154
# expect: bbox=-9.863636464,-9.863636464,-1e-07,9.863636464,9.863636464,12 center=0,-2.277799732e-06,5.485346599
