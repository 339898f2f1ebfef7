# global and nonlocal.
import cadquery as cq
count = 0
def step():
    global count
    count += 1
    n = 1
    def inner():
        nonlocal n
        n += 4
    inner()
    return n
r = cq.Workplane().box(step(), step() + count, count)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=70 area=118
# expect: bbox=-2.5,-3.5,-1,2.5,3.5,1 center=0,0,0
