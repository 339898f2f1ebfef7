import cadquery as cq
w0=cq.Workplane('XY',origin=(0,0,1))
r=w0.workplane(offset=-45/2).moveTo(-9,-48.5).box(2,103,45).union(w0.sketch().push([(-9,4),(9,4)]).circle(3).finalize().extrude(57)).intersect(w0.sketch().face(w0.sketch().rect(20,30).finalize()).finalize().extrude(8))
