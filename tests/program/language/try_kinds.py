# The matching except is taken.
import cadquery as cq
try:
    x = [1][3]
except ValueError:
    x = 2
except (IndexError, KeyError) as e:
    x = 3
else:
    x = 4
r = cq.Workplane().box(x, 1, 1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=3 area=14
# expect: bbox=-1.5,-0.5,-0.5,1.5,0.5,0.5 center=0,0,0
