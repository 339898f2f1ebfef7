# if __name__ == "__main__".
import cadquery as cq
r = cq.Workplane().box(1, 1, 1)
if __name__ == "__main__":
    r = r.faces(">Z").workplane().hole(0.5)
# expect: status=ok valid=true solids=1 faces=7 edges=15 vertices=10
# expect: volume=0.8036504592 area=7.178097245
# expect: bbox=-0.5,-0.5,-0.5,0.5,0.5,0.5 center=0,0,0
