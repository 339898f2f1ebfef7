# Faces stand for their edges.
import cadquery as cq
r = cq.Workplane().box(4, 3, 2).faces(">Z").edges().fillet(0.5)
# expect: status=ok valid=true solids=1 faces=10 edges=20 vertices=12
# expect: volume=23.29682874 area=48.85398163
# expect: bbox=-2,-1.5,-1,2,1.5,1 center=0,0,-0.02671689653
