# mode and tag of ellipse, trapezoid, slot and regularPolygon.
import cadquery as cq
s = cq.Sketch().rect(20, 20).push([(-5, -5)]).ellipse(2, 1, mode="s", tag="e").push([(5, -5)]).trapezoid(4, 2, 70, mode="s", tag="t")
r = s.push([(5, 5)]).slot(2, 1, mode="s", tag="s").push([(-5, 5)]).regularPolygon(2, 5, mode="s", tag="p").reset()
# expect: status=ok valid=true solids=0 faces=1 edges=18 vertices=18
# expect: volume=0 area=374.8767323
# expect: bbox=-10,-10,0,10,10,0 center=0.08621811767,0.008381418727,0
