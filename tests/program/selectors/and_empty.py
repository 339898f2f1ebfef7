# and intersects two selections of the same list, so none may be left.
import cadquery as cq
r = cq.Workplane().circle(2).extrude(3).faces("%CYLINDER and >Z")
# expect: error kind=value
