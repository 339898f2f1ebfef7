# A full turn about the local y axis.
import cadquery as cq
r = cq.Workplane().moveTo(3, 0).rect(1, 2, centered=False).revolve()
# expect: status=ok valid=true solids=1 faces=4 edges=6 vertices=4
# expect: volume=43.98229715 area=131.9468915
# expect: bbox=-4,0,-4,4,2,4 center=0,1,0
