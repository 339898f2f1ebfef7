# A class of one's own.
import cadquery as cq
class Plate:
    def __init__(self, w, t=1):
        self.w, self.t = w, t
    def build(self):
        return cq.Workplane().box(self.w, self.w, self.t)
r = Plate(3).build()
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=9 area=30
# expect: bbox=-1.5,-1.5,-0.5,1.5,1.5,0.5 center=0,0,0
