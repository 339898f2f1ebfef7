# cutEach cuts a shape at every point.
import cadquery as cq
r = cq.Workplane().box(10, 10, 4).pushPoints([(-2, 0), (2, 0)]).cutEach(lambda loc: cq.Solid.makeCylinder(1, 10).move(loc), True)
# expect: status=ok valid=true solids=1 faces=10 edges=18 vertices=12
# expect: volume=387.4336294 area=385.1327412
# expect: bbox=-5,-5,-2,5,5,2 center=0,0,-0.03243489894
