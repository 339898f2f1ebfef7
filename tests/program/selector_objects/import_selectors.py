# Names from cadquery.selectors.
from cadquery import Workplane
from cadquery.selectors import AreaNthSelector
r = Workplane().box(1, 2, 3).faces(AreaNthSelector(0))
# expect: status=ok valid=true solids=0 faces=2 edges=8 vertices=8
# expect: volume=0 area=4
# expect: bbox=-0.5,-1,-1.5,0.5,1,1.5 center=0,0,0
