# Construction lines only move the point.
import cadquery as cq
w = cq.Workplane().hLine(1, forConstruction=True).vLine(1, forConstruction=True).hLineTo(4, forConstruction=True).vLineTo(2, forConstruction=True)
r = w.polarLine(1, 0, forConstruction=True).polarLineTo(3, 45, forConstruction=True).circle(1).extrude(1)
# expect: status=ok valid=true solids=1 faces=3 edges=3 vertices=2
# expect: volume=3.141592654 area=12.56637061
# expect: bbox=2.560660172,1.060660172,0,4.560660172,3.060660172,1 center=3.560660172,2.060660172,0.5
