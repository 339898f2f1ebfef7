# Other names for the module.
import cadquery as c, math as m
r = c.Workplane("XY").box(m.pi, 1, 1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=3.141592654 area=14.56637061
# expect: bbox=-1.570796327,-0.5,-0.5,1.570796327,0.5,0.5 center=0,0,0
