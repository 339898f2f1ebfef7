# Parentheses group.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3).edges("(not |X and not |Y) and (>X or >Y)")
# expect: status=ok valid=true solids=0 faces=0 edges=5 vertices=6
# expect: volume=0 area=0
# expect: bbox=-0.5,-1,-1.5,0.5,1,1.5 center=0.2692307692,0.2307692308,0
