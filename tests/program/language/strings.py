# String methods and f-strings.
import cadquery as cq
name = f"{'x'.upper()}{'y'.upper()}"
r = cq.Workplane(name).box(len("abc"), len(f"{3.14159:.2f}"), int("2"))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=24 area=52
# expect: bbox=-1.5,-2,-1,1.5,2,1 center=0,0,0
