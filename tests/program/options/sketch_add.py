# sort, apply and add.
import cadquery as cq
s = cq.Sketch().push([(0, 0), (6, 0)]).rect(4, 2).reset().faces().sort(lambda f: -f.Center().x)
r = s.apply(lambda fs: [f.moved(cq.Location(cq.Vector(0, 5, 0))) for f in fs]).add().reset()
# expect: status=ok valid=true solids=0 faces=4 edges=16 vertices=16
# expect: volume=0 area=32
# expect: bbox=-2,-1,0,8,6,0 center=3,2.5,0
