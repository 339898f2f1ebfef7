# close() where the chain is closed already.
import cadquery as cq
r = cq.Sketch().segment((0, 0), (4, 0)).segment((4, 3)).segment((0, 0)).close().assemble()
# expect: error kind=geometry line=3
