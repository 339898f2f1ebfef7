# Every named plane, as a small plate offset along its normal.
import cadquery as cq
r = cq.Workplane()
for i, name in enumerate(["XY", "YZ", "ZX", "XZ", "YX", "ZY"]):
    r = r.add(cq.Workplane(name, origin=(10 * i, 0, 0)).rect(3, 2).extrude(1))
# expect: status=ok valid=true solids=6 faces=36 edges=72 vertices=48
# expect: volume=36 area=132
# expect: bbox=-1.5,-1.5,-1.5,50,1.5,1.5 center=25,0,0
