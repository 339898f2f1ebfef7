# Annotated assignments and signatures.
import cadquery as cq
width: float = 3.5
def f(x: int, y: float = 2.0) -> float:
    return x * y
r: cq.Workplane = cq.Workplane().box(width, f(2), 1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=14 area=43
# expect: bbox=-1.75,-2,-0.5,1.75,2,0.5 center=0,0,0
