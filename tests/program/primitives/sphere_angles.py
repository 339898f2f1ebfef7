# Part of a sphere by its three angles.
import cadquery as cq
r = cq.Workplane().sphere(5, angle1=-45, angle2=60, angle3=180)
# expect: status=ok valid=true solids=1 faces=4 edges=6 vertices=4
# expect: volume=243.2328443 area=222.1461544
# expect: bbox=-5,0,-3.535533906,5,5,4.330127019 center=0,1.930020411,0.1891990523
