# A segment without a start.
import cadquery as cq
r = cq.Sketch().segment((4, 3)).close().assemble()
# expect: error kind=value line=3
