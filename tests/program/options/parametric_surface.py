# parametricSurface fits a face to a function.
import cadquery as cq
r = cq.Workplane().parametricSurface(lambda u, v: (u, v, u * v), N=6)
# expect: status=ok valid=true solids=0 faces=1 edges=4 vertices=4
# expect: volume=0 area=1.280744138
# expect: bbox=8.978007088e-06,7.71291216e-06,-9.992907427e-08,0.999991022,0.9999922871,0.9999832091 center=0.5251552099,0.5251553341,0.2745564681
