# text without cleaning, italic.
import cadquery as cq
r = cq.Workplane().box(30, 12, 1).faces(">Z").workplane().text("V", 8, 1, clean=False, font="DejaVu Sans", kind="regular", valign="top")
# expect: status=ok valid=true solids=1 faces=8 edges=22 vertices=16
# expect: volume=360 area=804
# expect: bbox=-15,-6,-0.5,15,6,0.5 center=0,0,0
