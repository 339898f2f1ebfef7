# fill=False: the angle is the step.
import cadquery as cq
r = cq.Workplane().polarArray(10, 0, 25, 4, fill=False).rect(2, 1).extrude(1)
# expect: status=ok valid=true solids=4 faces=24 edges=48 vertices=32
# expect: volume=8 area=40
# expect: bbox=1.846408493,-0.5,0,11,10.75459361,1 center=7.019786105,5.386471328,0.5
