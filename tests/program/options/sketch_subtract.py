# map and subtract.
import cadquery as cq
r = cq.Sketch().rect(8, 6).faces().map(lambda f: f.moved(cq.Location(cq.Vector(3, 3, 0)))).subtract().reset()
# expect: status=ok valid=true solids=0 faces=1 edges=6 vertices=6
# expect: volume=0 area=33
# expect: bbox=-4,-3,0,4,3,0 center=-0.6818181818,-0.6818181818,0
