# push, face and mode in CAD-Recode style.
import cadquery as cq
w0 = cq.Workplane('XY', origin=(0, 0, 5))
r = w0.sketch().push([(-20, 10)]).rect(30, 40).push([(10, 0)]).circle(25).push([(-20, 10)]).rect(10, 12, mode='s').finalize().extrude(-45)
# expect: status=ok valid=true solids=1 faces=11 edges=27 vertices=18
# expect: volume=126474.8511 area=17757.44486
# expect: bbox=-35,-25,-40,35,30,5 center=0.0731252946,3.616814553,-17.5
