# directionMax=False counts from the largest.
import cadquery as cq
r = cq.Workplane().circle(3).circle(1).extrude(2).edges(cq.selectors.RadiusNthSelector(0, directionMax=False))
# expect: status=ok valid=true solids=0 faces=0 edges=2 vertices=2
# expect: volume=0 area=0
# expect: bbox=-3,-3,0,3,3,2 center=0,0,1
