# Three points on one line.
import cadquery as cq
r = cq.Sketch().arc((0, 0), (1, 0), (2, 0)).close().assemble()
# expect: error kind=geometry line=3
