# A function remembers its surroundings.
import cadquery as cq
def scaler(k):
    def scale(x):
        return k * x
    return scale
r = cq.Workplane().box(scaler(2)(3), scaler(3)(1), 1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=18 area=54
# expect: bbox=-3,-1.5,-0.5,3,1.5,0.5 center=0,0,0
