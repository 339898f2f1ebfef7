# An index beyond the groups.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3).faces(cq.selectors.AreaNthSelector(9))
# expect: error kind=value line=3
