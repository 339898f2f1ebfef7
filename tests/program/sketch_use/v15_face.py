# face(w.sketch()...) within a sketch.
import cadquery as cq
w0 = cq.Workplane('XY')
r = w0.sketch().face(w0.sketch().segment((0, 0), (40, 0)).segment((40, 30)).close().assemble(), mode='a').finalize().extrude(10)
# expect: status=ok valid=true solids=1 faces=5 edges=9 vertices=6
# expect: volume=6000 area=2400
# expect: bbox=0,0,0,40,30,10 center=26.66666667,10,5
