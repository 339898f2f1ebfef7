# combine joins with what is there.
import cadquery as cq
r = cq.Workplane().box(8, 2, 1).pushPoints([(-2, 0), (2, 0)]).eachpoint(cq.Solid.makeBox(1, 1, 3), combine=True)
# expect: status=ok valid=true solids=1 faces=14 edges=36 vertices=24
# expect: volume=21 area=72
# expect: bbox=-4,-1,-0.5,4,1,3 center=0.119047619,0.119047619,0.4166666667
